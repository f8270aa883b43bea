package io.dockherd.doors.apps;

import io.dockherd.apps.Apps;
import io.dockherd.fleet.Fleet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the apps door is made of.
 *
 * @param clock for the time of events
 */
public record AppsDoorParts(Apps apps, Fleet fleet, AppEvents events, InstantSource clock) {
  public AppsDoorParts {
    Objects.requireNonNull(apps, "apps");
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(events, "events");
    Objects.requireNonNull(clock, "clock");
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(events.routes());
    routes.addAll(new GroupEndpoints(apps, new Remains(fleet)).routes());
    routes.addAll(new AppChangeEndpoints(apps).routes());
    routes.addAll(new AppEndpoints(apps).routes());
    return List.copyOf(routes);
  }
}
