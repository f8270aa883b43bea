package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Apps that are pods of Compose files, marked as the first Compose executors for Mesos had them
 * marked: by the executor's name, or by a label that names the files. What their {@code cmd} says
 * is of no importance.
 */
public final class PodMark {
  private static final String EXECUTOR = "compose-executor";
  private static final String LABEL = "fileName";

  private PodMark() {}

  /** Whether an app is one. */
  public static boolean is(JsonObject app) {
    String executor = app.getString("executor", "");
    String name = executor.substring(executor.lastIndexOf('/') + 1);
    return name.contains(EXECUTOR) || label(app).isPresent();
  }

  /** Its files, in the order they are merged; none where the label is missing. */
  public static List<String> files(JsonObject app) {
    return label(app).stream()
        .flatMap(list -> Arrays.stream(list.split(",")))
        .map(String::strip)
        .filter(file -> !file.isEmpty())
        .toList();
  }

  private static Optional<String> label(JsonObject app) {
    return Parts.textMap(app, "labels").entrySet().stream()
        .filter(label -> label.getKey().endsWith(LABEL))
        .map(java.util.Map.Entry::getValue)
        .findFirst();
  }

  static void check(JsonObject app, Violations wrong) {
    List<String> files = files(app);
    wrong.require(
        !files.isEmpty(),
        "/labels",
        "a pod needs a label whose name ends with 'fileName': its Compose files, with commas"
            + " between");
    for (String file : files) {
      wrong.require(
          file.endsWith(".yml") || file.endsWith(".yaml"),
          "/labels",
          "'" + file + "' is no Compose file: it has to end with .yml or .yaml");
      wrong.require(
          !file.startsWith("/") && !List.of(file.split("/")).contains(".."),
          "/labels",
          "'" + file + "' has to be below the folder the app's uris are fetched into");
    }
    wrong.require(
        !app.containsKey("container"),
        "/container",
        "a pod's containers are in its Compose files: leave out 'container', or the executor and"
            + " the fileName label");
    wrong.require(
        !Parts.objects(app, "fetch").isEmpty(),
        "/fetch",
        "a pod's Compose files have to come from somewhere: name an archive in 'uris' or 'fetch'");
  }
}
