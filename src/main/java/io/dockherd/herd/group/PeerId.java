package io.dockherd.herd.group;

import java.util.Objects;

/**
 * One process of the group, for as long as it lives: a restarted node is another peer. Unique (a
 * UUID), never a name.
 */
public record PeerId(String value) implements Comparable<PeerId> {
  public PeerId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public int compareTo(PeerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
