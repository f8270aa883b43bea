package io.dockherd.fleet;

import io.dockherd.scheduling.Demand;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A container to be created, not yet placed.
 *
 * @param name its name; "" leaves it to the engine
 * @param document in the engine's create syntax: {@code {"Image":"busybox","Cmd":["sleep","60"],
 *     "HostConfig":{…}}}
 * @param pull whether a missing image is fetched first
 * @param registryAuth the {@code X-Registry-Auth} to fetch it with; "" for none
 * @param limit for the whole of it, pulling included
 * @param attempt for one node's answer where no image has to be fetched: pulls take minutes, and an
 *     engine that hangs should not be given those
 * @param demand what it wants of its node: then all filters and the herd's strategy decide, and the
 *     node has the last word. Empty for one that is only spread by number and room
 * @param platform of the image, as {@code linux/arm64}; "" leaves it to the engine
 * @param seal a label whose value only this very container has right, see {@link
 *     io.dockherd.fleet.watch.KnownContainer#isSealed}; "" for none
 */
public record CreateOrder(
    String name,
    JsonObject document,
    boolean pull,
    String registryAuth,
    Duration limit,
    Duration attempt,
    Optional<Demand> demand,
    String platform,
    String seal) {
  public CreateOrder {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(registryAuth, "registryAuth");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(demand, "demand");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(seal, "seal");
  }

  /** One without a seal. */
  public CreateOrder(
      String name,
      JsonObject document,
      boolean pull,
      String registryAuth,
      Duration limit,
      Duration attempt,
      Optional<Demand> demand,
      String platform) {
    this(name, document, pull, registryAuth, limit, attempt, demand, platform, "");
  }

  /** One that is only spread. */
  public CreateOrder(
      String name,
      JsonObject document,
      boolean pull,
      String registryAuth,
      Duration limit,
      Duration attempt) {
    this(name, document, pull, registryAuth, limit, attempt, Optional.empty(), "");
  }

  /** One whose attempts may each take all the time there is. */
  public CreateOrder(String name, JsonObject document, boolean pull, Duration limit) {
    this(name, document, pull, "", limit, limit);
  }

  /** The same, sealed by that label. */
  public CreateOrder sealed(String label) {
    return new CreateOrder(
        name, document, pull, registryAuth, limit, attempt, demand, platform, label);
  }
}
