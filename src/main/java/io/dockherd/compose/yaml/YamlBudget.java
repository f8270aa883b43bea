package io.dockherd.compose.yaml;

import java.util.Objects;

/**
 * What the YAML of a project may cost, all its files and documents together: one limit for each
 * would be none for who writes many. Not for several threads.
 */
public final class YamlBudget {
  private final YamlLimits limits;
  private long nodes;
  private long bytes;

  /** All that these limits allow. */
  public YamlBudget(YamlLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** What a single file may cost, and all together. */
  public YamlLimits limits() {
    return limits;
  }

  /** Takes as many nodes as that one is, written out, for one more of it; if there are so many. */
  public boolean take(YamlNode node) {
    boolean isLeft = takeNodes(1);
    switch (node) {
      case YamlScalar scalar -> {}
      case YamlList list -> {
        for (YamlNode item : list.items()) {
          isLeft = isLeft && take(item);
        }
      }
      case YamlMap map -> {
        for (YamlEntry entry : map.entries().values()) {
          isLeft = isLeft && takeNodes(1) && take(entry.value());
        }
      }
    }
    return isLeft;
  }

  /** Takes so many nodes, if there are so many left. */
  boolean takeNodes(long count) {
    nodes += count;
    return nodes <= limits.nodes();
  }

  /** Takes so many bytes, if there are so many left. */
  boolean takeBytes(long count) {
    bytes += count;
    return bytes <= limits.bytesTogether();
  }
}
