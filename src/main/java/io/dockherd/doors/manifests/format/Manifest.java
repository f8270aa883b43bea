package io.dockherd.doors.manifests.format;

import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppConfig;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A manifest that was read.
 *
 * @param config the app it means
 * @param scale how many there are to be
 */
public record Manifest(ManifestName name, AppConfig config, int scale) {
  /** The dialect of an app that was written as a manifest. */
  public static final String DIALECT = "manifest";

  public Manifest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(config, "config");
  }

  /** What is wanted of the herd. */
  public Wanted wanted() {
    return new Wanted(name.path(), config, OptionalInt.of(scale));
  }
}
