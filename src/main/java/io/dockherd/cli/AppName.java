package io.dockherd.cli;

import io.dockherd.apps.model.AppPath;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * An app as people write it: {@code /shop/web}, {@code shop/web}, or a service of the project here.
 */
final class AppName {
  private AppName() {}

  /** Its path; files are read only where the project is needed and not said. */
  static String path(String written, ComposeFiles files, PrintWriter err) {
    if (written.contains("/")) {
      return AppPath.of(written).value();
    }
    return AppPath.of(files.projectName(List.of(), err) + "/" + written).value();
  }

  /** A name without slashes as a service of the project here, if there is a project. */
  static Optional<String> service(String written, ComposeFiles files, PrintWriter err) {
    if (written == null || written.contains("/")) {
      return Optional.empty();
    }
    try {
      return Optional.of(path(written, files, err));
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /**
   * An answer about a group somebody named.
   *
   * @throws NotFound when no app is in it
   */
  static JsonObject found(JsonObject answer, String group) {
    if (!group.equals("/") && answer.getJsonArray("apps").isEmpty()) {
      throw new NotFound(group, "there is no app in " + group, "'dockherd apps' lists all");
    }
    return answer;
  }

  /** The group of a project: the one named, else the one here. */
  static String group(String written, ComposeFiles files, PrintWriter err) {
    String name = written == null ? files.projectName(List.of(), err) : written;
    return AppPath.of(name).value();
  }
}
