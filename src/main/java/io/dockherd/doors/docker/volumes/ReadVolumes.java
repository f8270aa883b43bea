package io.dockherd.doors.docker.volumes;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Filters;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * {@code GET /volumes} and {@code GET /volumes/{name}}: from facts; only drivers that know more
 * than the list says are asked.
 */
public final class ReadVolumes {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Fleet fleet;
  private final VolumeLookup lookup;
  private final VolumeBook book;
  private final NameForm form;

  /** Those of that fleet and these engines, named in that form. */
  public ReadVolumes(Fleet fleet, HerdEngines engines, NameForm form) {
    this.fleet = fleet;
    this.lookup = new VolumeLookup(fleet, engines);
    this.book = lookup.book();
    this.form = form;
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        Route.read("GET", "/volumes", "volume.list", this::list),
        Route.read("GET", "/volumes/{name}", "volume.inspect", this::inspect));
  }

  private Reply list(DockerCall call) {
    VolumeFilter filter =
        new VolumeFilter(Filters.parse(call.query().text("filters")), () -> UsedVolumes.of(fleet));
    List<KnownVolume> all = book.all();
    ShownVolumes shown = new ShownVolumes(form, all);
    JsonArray volumes = new JsonArray();
    all.stream().filter(filter::admits).forEach(volume -> volumes.add(shown.shown(volume)));
    return Replies.json(200, new JsonObject().put("Volumes", volumes).putNull("Warnings"));
  }

  private Reply inspect(DockerCall call) {
    String reference = call.name("name");
    KnownVolume volume = lookup.find(reference).orElseThrow(() -> book.missing(reference));
    ShownVolumes shown = new ShownVolumes(form, book.all());
    if (volume.driver().equals("local")) {
      return Replies.json(200, shown.shown(volume));
    }
    EngineResponse response =
        call.open()
            .whileThere(
                () ->
                    fleet.host(volume.node()).call(call.toEngine(LIMIT, "volumes", volume.name())));
    return response.isSuccess() && response.json().orElse("") instanceof JsonObject fresh
        ? Replies.json(200, shown.shown(volume, fresh))
        : Replies.of(response);
  }
}
