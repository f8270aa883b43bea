package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Invalid;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a directory is.
 *
 * @param servers as {@code 10.0.0.5:2379} or {@code [fd00::5]:2379}; any of them will do
 * @param path of the directory, without a slash at either end: {@code docker/swarm/nodes}
 * @param tls empty for clear text
 */
public record StorePlace(List<String> servers, String path, Optional<SSLContext> tls) {
  public StorePlace {
    servers = List.copyOf(servers);
    Objects.requireNonNull(tls, "tls");
    if (servers.isEmpty()) {
      throw new Invalid("discovery", "no store is named", "as in etcd://10.0.0.5:2379/prefix");
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || !isPlain(part)) {
        throw new Invalid(
            path, "'" + path + "' is no path of keys in a store", "as in docker/swarm/nodes");
      }
    }
  }

  private static boolean isPlain(String part) {
    return part.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /** The key under which an address is put. */
  String key(String address) {
    return path + "/" + address;
  }
}
