package io.dockherd.herd.discovery;

import java.net.InetSocketAddress;
import java.util.Set;

/** Looks for nobody: for a node that is alone, or that others find. */
public record Nowhere() implements Discovery {
  @Override
  public Set<InetSocketAddress> find() {
    return Set.of();
  }
}
