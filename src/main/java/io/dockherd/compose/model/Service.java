package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One service of a project: what its containers are made of, and how many run where.
 *
 * <pre>
 * web:
 *   image: nginx                    # image, or what build makes
 *   build: {context: /src}
 *   pull_policy: always
 *   platform: linux/arm64
 *   depends_on: {db: {condition: service_healthy}}
 *   profiles: [debug]
 *   restart: on-failure:3           # restart, and deploy: rollout, placement
 *   healthcheck: {test: [CMD, ok]}
 *   post_start: [{command: [x]}]    # hooks
 * </pre>
 *
 * @param image what to run; of a service that is only built, {@code <project>-<service>}
 * @param containerName the name its one container has to have
 * @param replicas how many run; empty where nothing is said, which means 1
 */
public record Service(
    String name,
    String image,
    Optional<Build> build,
    Optional<String> pullPolicy,
    Optional<String> platform,
    Optional<String> containerName,
    List<String> profiles,
    Map<String, Dependency> dependsOn,
    Process process,
    Optional<HealthCheck> healthCheck,
    Hooks hooks,
    Networking networking,
    Storage storage,
    Security security,
    Resources resources,
    Isolation isolation,
    Map<String, String> labels,
    Optional<Logging> logging,
    Restart restart,
    OptionalInt replicas,
    Deployment deployment,
    HerdWishes wishes) {
  public Service {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(image, "image");
    profiles = List.copyOf(profiles);
    dependsOn = Copies.of(dependsOn);
    labels = Copies.of(labels);
  }
}
