package io.dockherd.apps;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What somebody wants an app to be.
 *
 * @param instances empty: as many as there are to be already, 1 for a new app
 */
public record Wanted(AppPath path, AppConfig config, OptionalInt instances) {
  public Wanted {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(instances, "instances");
    if (instances.isPresent() && instances.getAsInt() < 0) {
      throw new IllegalArgumentException("instances must not be negative");
    }
  }
}
