package io.dockherd.node.manage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was said to {@code dockherd manage}, as written. Names, defaults and meanings are those of
 * {@code swarm manage}.
 *
 * @param discovery where engines are listed; "" when nobody said
 * @param hosts where to listen
 * @param filters none for all
 * @param dockerNames how containers are listed: plain or swarm
 * @param insecure whether clear text beyond loopback, and engines whose certificates nobody checks,
 *     are all right
 */
public record ManageOptions(
    String discovery,
    List<String> hosts,
    String strategy,
    List<String> filters,
    Tls tls,
    Refresh refresh,
    String heartbeat,
    String clusterDriver,
    List<String> clusterOptions,
    List<String> discoveryOptions,
    Replication replication,
    Without without,
    String dockerNames,
    boolean insecure) {
  public ManageOptions {
    hosts = List.copyOf(hosts);
    filters = List.copyOf(filters);
    clusterOptions = List.copyOf(clusterOptions);
    discoveryOptions = List.copyOf(discoveryOptions);
  }

  /**
   * One key pair serves clients and dials engines.
   *
   * @param isOn {@code --tls}
   * @param isVerified {@code --tlsverify}
   */
  public record Tls(
      boolean isOn,
      boolean isVerified,
      Optional<Path> authority,
      Optional<Path> certificate,
      Optional<Path> key) {}

  /** How often engines are listed anew. */
  public record Refresh(String min, String max, int refreshRetry, int failureRetry) {}

  /** What there was to say of several managers. */
  public record Replication(boolean isOn, String ttl, String advertise) {}

  /** What is understood and changes nothing. */
  public record Without(boolean cors, boolean refreshOnNodeFilter, String nameRefreshFilter) {}
}
