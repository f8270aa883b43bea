package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.herd.discovery.stores.StoreKind;
import io.dockherd.herd.discovery.stores.StorePlace;
import io.dockherd.herd.discovery.stores.StoreTls;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A directory in a store as people write it: {@code etcd://h1:2379,h2:2379/prefix}, and what
 * classic Swarm's {@code --discovery-opt} says about it.
 *
 * <table>
 * <caption>The options</caption>
 * <tr><td>{@code kv.path}</td><td>the path below the prefix; {@code docker/swarm/nodes}</td></tr>
 * <tr><td>{@code kv.cacertfile}</td><td>whom the store's certificate must come from, PEM</td></tr>
 * <tr><td>{@code kv.certfile}, {@code kv.keyfile}</td><td>what is shown to the store, PEM; any of the
 *     three switches to TLS</td></tr>
 * </table>
 */
record StoreUrl(StoreKind kind, StorePlace place) {
  private static final String USUAL_PATH = "docker/swarm/nodes";
  private static final String PATH = "kv.path";
  private static final String AUTHORITY = "kv.cacertfile";
  private static final String CERTIFICATE = "kv.certfile";
  private static final String KEY = "kv.keyfile";
  private static final Set<String> OPTIONS = Set.of(PATH, AUTHORITY, CERTIFICATE, KEY);

  /**
   * Understands them and reads the files named; asks no store.
   *
   * @throws Invalid when they are not understood
   */
  static StoreUrl parse(String url, Map<String, String> options) {
    int colon = url.indexOf("://");
    String scheme = url.substring(0, colon);
    StoreKind kind =
        Arrays.stream(StoreKind.values())
            .filter(each -> each.scheme().equals(scheme))
            .findFirst()
            .orElseThrow(() -> new Invalid(url, scheme + ":// is no store", ""));
    String rest = url.substring(colon + 3);
    int slash = rest.indexOf('/');
    List<String> servers =
        HostList.parse(slash < 0 ? rest : rest.substring(0, slash), kind.port()).stream()
            .map(HostPort::toString)
            .toList();
    if (kind == StoreKind.CONSUL && servers.size() > 1) {
      throw new Invalid(
          url, "consul does not support multiple endpoints", "name the agent beside this node");
    }
    refuseUnknown(options);
    Optional<SSLContext> tls = tls(options);
    if (kind == StoreKind.ZOOKEEPER && tls.isPresent()) {
      throw new Invalid(url, "there is no TLS to ZooKeeper here", "leave out the kv.*file options");
    }
    String path =
        joined(slash < 0 ? "" : rest.substring(slash), options.getOrDefault(PATH, USUAL_PATH));
    return new StoreUrl(kind, new StorePlace(servers, path, tls));
  }

  /** The directory; asks nobody yet. */
  Directory open() {
    return kind.open(place);
  }

  private static void refuseUnknown(Map<String, String> options) {
    for (String name : options.keySet()) {
      if (!OPTIONS.contains(name)) {
        throw new Invalid(
            name,
            "'" + name + "' is no option of a store",
            "there are " + OPTIONS.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }

  private static Optional<SSLContext> tls(Map<String, String> options) {
    Optional<Path> authority = Optional.ofNullable(options.get(AUTHORITY)).map(Path::of);
    Optional<Path> certificate = Optional.ofNullable(options.get(CERTIFICATE)).map(Path::of);
    Optional<Path> key = Optional.ofNullable(options.get(KEY)).map(Path::of);
    if (certificate.isPresent() != key.isPresent()) {
      throw new Invalid(
          KEY, "a certificate and its key are needed both", "give " + CERTIFICATE + " and " + KEY);
    }
    if (authority.isEmpty() && certificate.isEmpty()) {
      return Optional.empty();
    }
    Optional<StoreTls.Identity> identity =
        certificate.map(shown -> new StoreTls.Identity(shown, key.orElseThrow()));
    return Optional.of(new StoreTls(authority, identity).context());
  }

  /** Slashes too many are as none, as they were for classic Swarm. */
  private static String joined(String prefix, String path) {
    return Stream.of(prefix, path)
        .flatMap(keys -> Arrays.stream(keys.split("/")))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/"));
  }
}
