package io.dockherd.apps.compose;

import io.dockherd.apps.Wanted;
import io.dockherd.compose.model.Build;
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
  public Translation {
    Objects.requireNonNull(group, "group");
    apps = List.copyOf(apps);
    builds = Collections.unmodifiableMap(new LinkedHashMap<>(builds));
    warnings = List.copyOf(warnings);
  }
}
