package io.dockherd.cli;

import io.dockherd.apps.model.AppPath;
import java.io.PrintWriter;
import java.util.List;

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

  /** The group of a project: the one named, else the one here. */
  static String group(String written, ComposeFiles files, PrintWriter err) {
    String name = written == null ? files.projectName(List.of(), err) : written;
    return AppPath.of(name).value();
  }
}
