package io.dockherd.compose.model;

import java.util.Map;
import java.util.Objects;

/**
 * A Compose project, ready to be run: nothing in it needs a file to be understood.
 *
 * <pre>
 * name: shop
 * services: {web: …}
 * networks: {default: …}
 * volumes: {data: …}
 * configs: {app: …}
 * secrets: {key: …}
 * </pre>
 */
public record Project(
    String name,
    Map<String, Service> services,
    Map<String, Network> networks,
    Map<String, Volume> volumes,
    Map<String, Content> configs,
    Map<String, Content> secrets,
    HerdWishes wishes) {
  public Project {
    Objects.requireNonNull(name, "name");
    services = Copies.of(services);
    networks = Copies.of(networks);
    volumes = Copies.of(volumes);
    configs = Copies.of(configs);
    secrets = Copies.of(secrets);
  }
}
