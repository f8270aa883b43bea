package io.dockherd.compose.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies nobody can change, in their order. */
final class Copies {
  private Copies() {}

  static <V> Map<String, V> of(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
