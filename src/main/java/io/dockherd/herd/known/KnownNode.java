package io.dockherd.herd.known;

import java.util.Objects;

/**
 * A node the herd counts on.
 *
 * @param isPresent whether it is there
 * @param goneMillis since when it is not, in milliseconds since 1970 by the clock of the node that
 *     noted it; 0 when it is there, or nobody has noted it yet
 */
public record KnownNode(String name, boolean isPresent, long goneMillis) {
  public KnownNode {
    Objects.requireNonNull(name, "name");
  }
}
