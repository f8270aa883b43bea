package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/**
 * All addresses of one name, looked up each time; of a name that begins with an underscore, as
 * names of services do, the hosts and ports its SRV records give.
 */
public record ResolvedName(HostPort name, ServiceRecords services) implements Discovery {
  static ResolvedName parse(String text, int port) {
    List<HostPort> hosts = HostList.parse(text, port);
    if (hosts.size() != 1) {
      throw new Invalid(text, "dns:// takes one name, not '" + text + "'", "dns://herd.example");
    }
    return new ResolvedName(hosts.getFirst(), ServiceRecords.system());
  }

  @Override
  public Set<InetSocketAddress> find() {
    return ListedHosts.resolve(
        name.host().startsWith("_") ? services.of(name.host()) : List.of(name));
  }
}
