package io.dockherd.apps.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Golden;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.compose.loading.ComposeLoader;
import io.dockherd.compose.loading.VirtualFolder;
import io.dockherd.compose.model.Content;
import io.dockherd.compose.model.Project;
import io.dockherd.failure.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compose files in, as {@link VirtualFolder} has them, and the apps they are out, or why they can't
 * be. A first line {@code % --pod} makes one pod of them. What is as ever is left out, unless it is
 * {@code % full}.
 */
class ComposeAppsTest {
  private static final List<String> AS_EVER =
      List.of(
          "\"kind\":\"service\"",
          "\"update\":" + lean(AppConfig.service(pod()).json()).getJsonObject("update").encode(),
          "\"backoff\":" + lean(AppConfig.service(pod()).json()).getJsonObject("backoff").encode(),
          "\"onSplit\":\"available\"",
          "\"killSelection\":\"youngest-first\"",
          "\"failure\":\"any\"",
          "\"pull\":\"missing\"",
          "\"restart\":{\"when\":\"never\"}",
          "\"stopMillis\":10000",
          "\"required\":true");

  private static final Set<String> UNSHOWN =
      Set.of(
          "origin",
          "lateLabels",
          "com.docker.compose.project",
          "com.docker.compose.service",
          "com.docker.compose.network",
          "com.docker.compose.volume",
          "com.docker.compose.oneoff",
          "com.docker.compose.config-hash",
          "com.docker.compose.depends_on");

  private static PodSpec pod() {
    return PodSpec.of(List.of(ContainerSpec.plain("a", "a", new JsonObject())));
  }

  @TestFactory
  List<DynamicTest> files() throws IOException {
    return Golden.tests("apps-compose", ComposeAppsTest::translate);
  }

  private static String translate(String text) {
    boolean isPod = text.startsWith("% --pod\n");
    boolean isFull = text.startsWith("% full\n");
    VirtualFolder folder = new VirtualFolder(text.replaceFirst("^% .*\n", ""));
    try {
      Project project = ComposeLoader.load(folder.request(), folder).project();
      Contents contents = content -> content(folder, content);
      Translation translation =
          isPod ? ComposeApps.asPod(project, contents) : ComposeApps.asServices(project, contents);
      translation
          .apps()
          .forEach(app -> assertEquals(app, Wanted.of(app.json()), "it is read as written"));
      return translation.warnings().stream()
              .map(warning -> "# " + warning + "\n")
              .collect(Collectors.joining())
          + translation.builds().keySet().stream()
              .map(image -> "# built: " + image + "\n")
              .collect(Collectors.joining())
          + translation.apps().stream()
              .map(app -> isFull ? app.json() : shown(lean(app.json())))
              .map(JsonObject::encodePrettily)
              .collect(Collectors.joining("\n"));
    } catch (Failure e) {
      return e.getClass().getSimpleName() + ": " + e.explanation();
    }
  }

  private static Buffer content(VirtualFolder folder, Content content) {
    return switch (content) {
      case Content.OfFile file ->
          Buffer.buffer(folder.read(Path.of(file.path()), 1 << 20).orElseThrow());
      case Content.OfEnvironment variable ->
          Buffer.buffer(folder.request().environment().get(variable.variable()));
      case Content.Inline inline -> Buffer.buffer(inline.text());
      case Content.External external -> throw new AssertionError("asked for " + external);
    };
  }

  private static JsonObject shown(JsonObject json) {
    JsonObject shown = new JsonObject();
    json.forEach(
        field -> {
          String whole = new JsonObject().put(field.getKey(), field.getValue()).encode();
          boolean isAsEver = AS_EVER.contains(whole.substring(1, whole.length() - 1));
          Object value = inner(field.getValue());
          if (!isAsEver && !UNSHOWN.contains(field.getKey()) && !isNothing(field.getKey(), value)) {
            shown.put(field.getKey(), value);
          }
        });
    return shown;
  }

  private static Object inner(Object value) {
    if (value instanceof JsonArray array) {
      JsonArray shown = new JsonArray();
      array.forEach(item -> shown.add(inner(item)));
      return shown;
    }
    return value instanceof JsonObject object ? shown(object) : value;
  }

  private static JsonObject lean(JsonObject json) {
    JsonObject lean = new JsonObject();
    json.forEach(
        field -> {
          Object value = lean(field.getValue());
          if (!isNothing(field.getKey(), value)) {
            lean.put(field.getKey(), value);
          }
        });
    return lean;
  }

  private static Object lean(Object value) {
    if (value instanceof JsonArray array) {
      JsonArray lean = new JsonArray();
      array.forEach(item -> lean.add(lean(item)));
      return lean;
    }
    return value instanceof JsonObject object ? lean(object) : value;
  }

  private static boolean isNothing(String key, Object value) {
    return value instanceof JsonObject object && object.isEmpty() && !key.matches("[0-9]+/.*")
        || value instanceof JsonArray array && array.isEmpty()
        || value.equals("")
        || value.equals(false)
        || value instanceof Number number && number.doubleValue() == 0 && !key.equals("instances");
  }
}
