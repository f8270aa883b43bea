package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How an image is built.
 *
 * <pre>
 * context: /src                     # a folder, or a repository's address
 * dockerfile: Dockerfile            # or dockerfile_inline
 * args: {VERSION: "2"}
 * target: final
 * labels: {a: b}
 * tags: [shop:2]
 * cache_from: [shop:1]
 * extra_hosts: [db=10.0.0.1]
 * network: host
 * no_cache: true
 * pull: true
 * shm_size: "67108864"
 * ulimits: {nofile: 1024}
 * platforms: [linux/amd64]
 * isolation: default
 * </pre>
 *
 * @param args without those that were to come from the caller's environment and are not in it
 */
public record Build(
    String context,
    Optional<String> dockerfile,
    Optional<String> dockerfileInline,
    Map<String, String> args,
    Optional<String> target,
    Map<String, String> labels,
    List<String> tags,
    List<String> cacheFrom,
    List<String> extraHosts,
    Optional<String> network,
    boolean isWithoutCache,
    boolean pullsBases,
    OptionalLong shmBytes,
    Map<String, Ulimit> ulimits,
    List<String> platforms,
    Optional<String> isolation) {
  public Build {
    args = Copies.of(args);
    labels = Copies.of(labels);
    tags = List.copyOf(tags);
    cacheFrom = List.copyOf(cacheFrom);
    extraHosts = List.copyOf(extraHosts);
    ulimits = Copies.of(ulimits);
    platforms = List.copyOf(platforms);
  }
}
