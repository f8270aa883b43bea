package io.dockherd.herd.links;

import java.util.Objects;

/**
 * The member on the other side of a relay's connection.
 *
 * @param node its name
 * @param isProven whether its certificate says so; without TLS it is only claimed
 */
public record Peer(String node, boolean isProven) {
  public Peer {
    Objects.requireNonNull(node, "node");
  }
}
