package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.group.Finder;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * A way to find other members.
 *
 * <table>
 * <caption>The URLs</caption>
 * <tr><td>(nothing)</td><td>alone, until another finds this one</td></tr>
 * <tr><td>{@code nodes://a,b:7500,10.0.0.[1:9],[fd00::1]:7411}</td><td>these; see {@link HostList}</td></tr>
 * <tr><td>{@code file:///etc/dockherd/nodes}</td><td>those listed in the file, read anew each time</td></tr>
 * <tr><td>{@code dns://herd.example.org:7411}</td><td>all addresses of the name; with a name as in
 *     {@code dns://_group._tcp.example.org} the hosts and ports of its SRV records</td></tr>
 * <tr><td>{@code multicast://239.255.74.11:7411}</td><td>those on the same network that answer;
 *     group and port may be left out</td></tr>
 * <tr><td>{@code etcd://h1:2379,h2:2379/prefix}, {@code consul://host:8500/prefix}, {@code
 *     zk://h1:2181,h2:2181/prefix}</td><td>those that put themselves into that store, as this one
 *     does; see {@link StoreUrl}</td></tr>
 * </table>
 *
 * <p>Where no port is given, it is this node's own group port.
 */
public sealed interface Discovery extends Finder
    permits Nowhere, ListedHosts, HostFile, ResolvedName, MulticastCall, StoredHosts {
  /** What can be written before {@code ://}. */
  String SCHEMES = "nodes://, multicast://, dns://, file://, etcd://, consul:// and zk://";

  /** How long a store keeps the address of whoever says no more. */
  Duration USUAL_TTL = Duration.ofMinutes(3);

  /**
   * The way the URL says.
   *
   * @param url empty for none
   * @param herd the herd's name; those who are called by multicast answer to their own only
   * @param port where members listen if the URL doesn't say
   * @throws Invalid when it says nothing that is understood
   */
  static Discovery of(String url, String herd, int port) {
    return of(url, herd, port, Map.of(), USUAL_TTL);
  }

  /**
   * The same, with what there is to say about a store; the other ways need nothing said.
   *
   * @param options see {@link StoreUrl}
   * @param ttl how long the store keeps this node's address once it is not registered again
   */
  static Discovery of(
      String url, String herd, int port, Map<String, String> options, Duration ttl) {
    String text = url.strip();
    if (text.isEmpty()) {
      return new Nowhere();
    }
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 3);
    return switch (scheme) {
      case "nodes" -> new ListedHosts(HostList.parse(rest, port));
      case "file" -> new HostFile(path(text), port);
      case "dns" -> ResolvedName.parse(rest, port);
      case "multicast" -> MulticastCall.parse(rest, herd, port);
      case "etcd", "consul", "zk" -> StoredHosts.open(text, options, ttl);
      default ->
          throw new Invalid(
              url, "'" + url + "' is no way to discover nodes", "there are " + SCHEMES);
    };
  }

  @Override
  Set<InetSocketAddress> find();

  private static Path path(String url) {
    try {
      return Path.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          url, "'" + url + "' names no file: " + e.getMessage(), "as in file:///etc/nodes", e);
    }
  }
}
