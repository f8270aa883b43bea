package io.dockherd.node;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.apps.Apps;
import io.dockherd.apps.logs.AppLogs;
import io.dockherd.doors.Dialect;
import io.dockherd.doors.apps.AppEvents;
import io.dockherd.doors.apps.AppsDoor;
import io.dockherd.doors.apps.AppsDoorParts;
import io.dockherd.doors.marathon.Marathon;
import io.dockherd.doors.marathon.MarathonDoor;
import io.dockherd.doors.marathon.events.EventFeed;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The dialects in which apps are spoken of. */
final class AppDoors implements AutoCloseable {
  private final AppEvents events;
  private final EventFeed marathonEvents;
  private final List<Dialect> dialects;

  private AppDoors(AppEvents events, EventFeed marathonEvents, List<Dialect> dialects) {
    this.events = events;
    this.marathonEvents = marathonEvents;
    this.dialects = List.copyOf(dialects);
  }

  /**
   * All of them, following the apps from now on.
   *
   * @param port where they are reached, as clients are told
   * @param bodyBytes the longest body they read
   * @param timer beats for those who follow events
   */
  static AppDoors of(
      Apps apps,
      Fleet fleet,
      Members members,
      Facts facts,
      int port,
      int bodyBytes,
      Gate gate,
      InstantSource clock,
      ScheduledExecutorService timer) {
    Audit audit = new Audit();
    AppEvents events = new AppEvents(apps, clock, timer);
    EventFeed marathonEvents = new EventFeed(apps, members.self().peer().value(), clock);
    marathonEvents.open(apps, timer);
    Marathon marathon = new Marathon(apps, members, fleet.herd(), port, clock);
    return new AppDoors(
        events,
        marathonEvents,
        List.of(
            new AppsDoor(
                gate,
                audit,
                new AppsDoorParts(
                    apps, fleet, new ImageIndex(facts), events, new AppLogs(fleet, facts), clock),
                bodyBytes),
            new MarathonDoor(gate, audit, marathon, marathonEvents, bodyBytes)));
  }

  List<Dialect> dialects() {
    return dialects;
  }

  @Override
  public void close() {
    events.close();
    marathonEvents.close();
  }
}
