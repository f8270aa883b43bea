package io.dockherd.apps.compose;

import io.dockherd.compose.model.Build;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code build:} says, as an engine's build call takes it. */
public final class BuildCall {
  private BuildCall() {}

  /** Whether the context is an address the engine fetches itself. */
  public static boolean isOfAddress(Build build) {
    return build.context().matches("[a-z][a-z0-9+.-]*://.*|git@.*|github\\.com/.*");
  }

  /**
   * The query of the call, but for the image's own name.
   *
   * @param before what the image is called, if there is one already: what has not changed since is
   *     taken from it, so that nothing changed means the same image, whichever node builds
   * @see <a href="https://docs.docker.com/reference/api/engine/">ImageBuild</a>
   */
  public static Map<String, String> query(Build build, Optional<String> before) {
    Map<String, String> query = new LinkedHashMap<>();
    build.dockerfile().ifPresent(name -> query.put("dockerfile", name));
    build.target().ifPresent(target -> query.put("target", target));
    build.network().ifPresent(mode -> query.put("networkmode", mode));
    build.shmBytes().ifPresent(bytes -> query.put("shmsize", Long.toString(bytes)));
    build.platforms().stream().findFirst().ifPresent(it -> query.put("platform", it));
    putMap(query, "buildargs", build.args());
    putMap(query, "labels", build.labels());
    List<String> caches = new ArrayList<>(build.cacheFrom());
    before.ifPresent(caches::add);
    if (!caches.isEmpty()) {
      query.put("cachefrom", new JsonArray(caches).encode());
    }
    if (!build.extraHosts().isEmpty()) {
      query.put("extrahosts", String.join(",", build.extraHosts()).replace('=', ':'));
    }
    if (build.isWithoutCache()) {
      query.put("nocache", "1");
    }
    if (build.pullsBases()) {
      query.put("pull", "1");
    }
    if (isOfAddress(build)) {
      query.put("remote", build.context());
    }
    JsonArray ulimits = new JsonArray();
    build
        .ulimits()
        .forEach(
            (name, limit) ->
                ulimits.add(
                    new JsonObject()
                        .put("Name", name)
                        .put("Soft", limit.soft())
                        .put("Hard", limit.hard())));
    if (!ulimits.isEmpty()) {
      query.put("ulimits", ulimits.encode());
    }
    return query;
  }

  private static void putMap(Map<String, String> query, String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      query.put(key, Entries.object(values).encode());
    }
  }
}
