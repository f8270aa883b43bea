package io.dockherd.apps.compose;

import io.dockherd.apps.Wanted;
import io.dockherd.compose.model.Build;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A Compose project as apps.
 *
 * @param group all of them are in: {@code /shop}
 * @param apps those that others depend on may come after them
 * @param builds image → how it is built, of those that name no other place to get it from
 * @param warnings what will be otherwise than it looks, each matter once
 */
public record Translation(
    String group, List<Wanted> apps, Map<String, Build> builds, List<String> warnings) {
  private static final String IMAGE = "com.docker.compose.image";

  public Translation {
    Objects.requireNonNull(group, "group");
    apps = List.copyOf(apps);
    builds = Collections.unmodifiableMap(new LinkedHashMap<>(builds));
    warnings = List.copyOf(warnings);
  }

  /**
   * The same with a label on each container that says which image its name means, as Compose has
   * it: where an image is built anew, its apps are to be made anew.
   *
   * @param ids image → its id
   */
  public Translation ofImages(Map<String, String> ids) {
    return new Translation(
        group, apps.stream().map(app -> labelled(app, ids)).toList(), builds, warnings);
  }

  private static Wanted labelled(Wanted app, Map<String, String> ids) {
    JsonObject json = app.json();
    JsonObject pod = json.getJsonObject("config").getJsonObject("pod");
    for (Object container : pod.getJsonArray("containers", new JsonArray())) {
      JsonObject document = ((JsonObject) container).getJsonObject("document");
      String id = ids.get(document.getString("Image", ""));
      if (id != null) {
        document.getJsonObject("Labels").put(IMAGE, id);
      }
    }
    return Wanted.of(json);
  }
}
