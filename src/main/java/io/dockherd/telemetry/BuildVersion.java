package io.dockherd.telemetry;

import java.util.Optional;

/** Which Dockherd this is. */
public final class BuildVersion {
  private BuildVersion() {}

  /** The version in the jar's manifest; "development" when run from class files. */
  public static String text() {
    return Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
