package io.dockherd.herd.discovery;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A fixed list; names in it are looked up each time. */
public record ListedHosts(List<HostPort> hosts) implements Discovery {
  public ListedHosts {
    hosts = List.copyOf(hosts);
  }

  @Override
  public Set<InetSocketAddress> find() {
    return resolve(hosts);
  }

  static Set<InetSocketAddress> resolve(List<HostPort> hosts) {
    return hosts.stream().flatMap(HostPort::resolve).collect(Collectors.toUnmodifiableSet());
  }
}
