package io.dockherd.node;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.apps.Apps;
import io.dockherd.doors.Dialect;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.manifests.Bookkeeper;
import io.dockherd.doors.manifests.ManifestsDoor;
import io.dockherd.doors.manifests.ledger.Ledger;
import io.dockherd.doors.manifests.ledger.Watchers;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Records;
import io.dockherd.node.settings.DoorSettings;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/** Manifests: the dialect for the actions door's port, and a port of its own where that is set. */
final class ManifestDoors implements AutoCloseable {
  /** Who waits keeps a place among the calls in work: others have the rest. */
  private static final int SHARE = 4;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration ROUND = Duration.ofSeconds(30);

  private final Watchers watchers;
  private final Bookkeeper bookkeeper;
  private final ManifestsDoor dialect;
  private final FrontDoor door;

  ManifestDoors(
      Vertx vertx,
      Settings settings,
      RequestIds ids,
      Gate gate,
      String herd,
      Members members,
      Records records,
      Apps apps,
      ScheduledExecutorService timer,
      InstantSource clock,
      RandomGenerator random) {
    Ledger ledger = new Ledger(records, clock, random);
    int most = Math.max(1, settings.get(DoorSettings.MAX_IN_WORK) / SHARE);
    watchers = new Watchers(ledger, timer, most, LONGEST_WAIT);
    bookkeeper = new Bookkeeper(apps, ledger, members, timer, GRACE);
    int bodyBytes = Math.toIntExact(settings.get(DoorSettings.MAX_REQUEST_BYTES));
    dialect = new ManifestsDoor(herd, apps, ledger, watchers, gate, new Audit(), bodyBytes);
    door =
        new FrontDoor(
            vertx,
            NodeSettings.doors(settings),
            ids,
            NodeSettings.names(settings),
            List.of(dialect));
  }

  /** What is to answer at the actions door's port too. */
  Dialect dialect() {
    return dialect;
  }

  /** Begins; opens the port of its own. */
  void open(List<Listener> listeners) {
    watchers.start();
    bookkeeper.start(ROUND);
    door.open(listeners);
  }

  @Override
  public void close() {
    bookkeeper.close();
    door.close();
  }
}
