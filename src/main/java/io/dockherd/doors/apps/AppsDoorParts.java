package io.dockherd.doors.apps;

import io.dockherd.apps.Apps;
import io.dockherd.apps.logs.AppLogs;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.images.ImageIndex;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the apps door is made of.
 *
 * @param images those of all nodes
 * @param clock for how long ago lines of logs were written
 */
public record AppsDoorParts(
    Apps apps,
    Fleet fleet,
    ImageIndex images,
    AppEvents events,
    AppLogs logs,
    InstantSource clock) {
  public AppsDoorParts {
    Objects.requireNonNull(apps, "apps");
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(events, "events");
    Objects.requireNonNull(logs, "logs");
    Objects.requireNonNull(clock, "clock");
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(events.routes());
    routes.addAll(new ImageEndpoint(images).routes());
    routes.addAll(new LogsEndpoint(apps, logs, clock).routes());
    routes.addAll(new GroupEndpoints(apps, new Remains(fleet)).routes());
    routes.addAll(new AppChangeEndpoints(apps).routes());
    routes.addAll(new AppEndpoints(apps).routes());
    return List.copyOf(routes);
  }
}
