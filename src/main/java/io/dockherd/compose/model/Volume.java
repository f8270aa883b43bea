package io.dockherd.compose.model;

import java.util.Map;
import java.util.Optional;

/**
 * A volume of a project: {@code {name: shop_data, driver: local, driver_opts: {a: b}, labels: {c:
 * d}, external: true}}.
 */
public record Volume(
    String name,
    Optional<String> driver,
    Map<String, String> driverOptions,
    Map<String, String> labels,
    boolean isExternal) {
  public Volume {
    driverOptions = Copies.of(driverOptions);
    labels = Copies.of(labels);
  }
}
