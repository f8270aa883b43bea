package io.dockherd.herd.records;

import java.util.Objects;

/**
 * When a record was written: a counter that grows with each write, though not always by one, and
 * the name of the node that gave it out. The higher counter wins, then the greater name.
 */
public record Version(long counter, String node) implements Comparable<Version> {
  /** Before the first write. */
  public static final Version NONE = new Version(0, "");

  public Version {
    Objects.requireNonNull(node, "node");
  }

  @Override
  public int compareTo(Version other) {
    return counter != other.counter
        ? Long.compare(counter, other.counter)
        : node.compareTo(other.node);
  }
}
