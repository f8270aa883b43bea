package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where engines are listed: always the whole list of {@code host:port}. What classic Swarm calls
 * discovery; unlike {@link Discovery}, which finds some way in to a herd, who is not on it is out.
 *
 * <table>
 * <caption>The URLs; without a scheme it is nodes</caption>
 * <tr><td>{@code nodes://10.0.0.[1:3]:2375,b:2376}</td><td>these; see {@link RosterEntries}</td></tr>
 * <tr><td>{@code file:///etc/engines}</td><td>one a line, read anew at every heartbeat</td></tr>
 * <tr><td>{@code etcd://h1:2379,h2:2379/prefix}, {@code consul://host:8500/prefix}, {@code
 *     zk://h1:2181,h2:2181/prefix}</td><td>those that are registered in that store; see {@link
 *     StoreUrl}</td></tr>
 * </table>
 */
public interface Roster extends AutoCloseable {
  /** What can be written before {@code ://}. */
  String SCHEMES = "nodes://, file://, etcd://, consul:// and zk://";

  /**
   * The list as it is now. Waits; called on a virtual thread.
   *
   * @return every host once, in the order they are listed
   * @throws Unreachable when it can't be asked for just now
   * @throws Invalid when it can't be read or understood; either way the last list stays good
   */
  List<HostPort> read();

  /**
   * Returns when the list may have changed, after {@code heartbeat} at the latest. A list that is
   * watched returns at once when it is told of a change, also of one since the last {@link #read}.
   *
   * @throws InterruptedException when nobody wants to know any more
   */
  default void awaitChange(Duration heartbeat) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(heartbeat.toNanos());
  }

  /** Lets go of connections. */
  @Override
  default void close() {}

  /**
   * The one the URL means; asks nobody yet.
   *
   * @param url as {@code nodes://a:2375,b:2375}; without a scheme it is nodes
   * @param options what {@code --discovery-opt} said, for stores: {@code kv.path}, {@code
   *     kv.cacertfile}, {@code kv.certfile}, {@code kv.keyfile}
   * @throws Invalid when there is no such service, or a fixed list holds a bad entry
   */
  static Roster of(String url, Map<String, String> options) {
    String text = url.strip();
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "nodes" : text.substring(0, colon);
    String rest = colon < 0 ? text : text.substring(colon + 3);
    return switch (scheme) {
      case "nodes" -> new ListedEngines(RosterEntries.parse(rest));
      case "file" -> new EngineFile(path(text));
      case "etcd", "consul", "zk" ->
          new StoredRoster(text, StoreUrl.parse(text, options).open(), Discovery.USUAL_TTL);
      case "token" ->
          throw new Invalid(
              url,
              "discovery service not supported: the token service was shut down in 2019",
              "list the engines, as in nodes://10.0.0.[1:9]:2375, or in a file: there are "
                  + SCHEMES);
      default ->
          throw new Invalid(
              url, "discovery service not supported: " + scheme + "://", "there are " + SCHEMES);
    };
  }

  private static Path path(String url) {
    try {
      return Path.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new Invalid(
          url, "'" + url + "' names no file: " + e.getMessage(), "as in file:///etc/engines", e);
    }
  }
}
