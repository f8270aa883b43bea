package io.dockherd.apps;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What came of a change.
 *
 * @param rolloutId of what it began, also where there was nothing to do
 * @param versions path → what the app is to be now; deleted ones are not among them
 * @param isNothing whether all was so already
 */
public record Change(String rolloutId, Map<AppPath, AppVersion> versions, boolean isNothing) {
  public Change {
    Objects.requireNonNull(rolloutId, "rolloutId");
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }
}
