package io.dockherd.doors.docker.system;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * {@code GET /system/df}: what all engines hold on their disks. An image that several have is
 * listed for each, since each of them holds it.
 */
public record DiskUsage(Fleet fleet) {
  /** Engines count by reading their disks. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final List<String> LISTS =
      List.of("Images", "Containers", "Volumes", "BuildCache");
  private static final List<String> SUMS = List.of("LayersSize", "BuilderSize");

  public DiskUsage {
    Objects.requireNonNull(fleet, "fleet");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.read("GET", "/system/df", "system.df", this::answer));
  }

  private Reply answer(DockerCall call) {
    List<EachHost.Word> words =
        call.open()
            .whileThere(() -> EachHost.ask(fleet.hosts(), call.toEngine(LIMIT, "system", "df")));
    List<JsonObject> usages =
        Heard.of(words).stream()
            .map(EachHost.Word::json)
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList();
    JsonObject all = new JsonObject();
    SUMS.forEach(
        field ->
            all.put(field, usages.stream().mapToLong(usage -> usage.getLong(field, 0L)).sum()));
    LISTS.forEach(field -> all.put(field, united(field, usages)));
    return Replies.json(200, all);
  }

  private static JsonArray united(String field, List<JsonObject> usages) {
    JsonArray all = new JsonArray();
    for (JsonObject usage : usages) {
      if (usage.getValue(field) instanceof JsonArray some) {
        some.forEach(all::add);
      }
    }
    return all;
  }
}
