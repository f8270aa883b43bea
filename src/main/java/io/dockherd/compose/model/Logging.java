package io.dockherd.compose.model;

import java.util.Map;
import java.util.Optional;

/** Where output goes: {@code {driver: json-file, options: {max-size: 1m}}}. */
public record Logging(Optional<String> driver, Map<String, String> options) {
  public Logging {
    options = Copies.of(options);
  }
}
