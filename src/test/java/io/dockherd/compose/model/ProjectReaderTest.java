package io.dockherd.compose.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.compose.loading.ComposeLoader;
import io.dockherd.compose.loading.ComposeRequest;
import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.schema.Support;
import io.dockherd.compose.schema.SupportMatrix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A canonical tree as values. */
class ProjectReaderTest {
  /** Has every list and mapping that holds further keys, so that each of these is asked for. */
  private static final String FULL =
      """
      name: full
      services:
        web:
          image: busybox
          build:
            context: .
            ulimits: {nofile: {soft: 1, hard: 2}}
          depends_on: {db: {condition: service_healthy}}
          ports: ["127.0.0.1:8000-8001:80/udp"]
          volumes:
            - data:/data:ro
            - ./src:/src
            - {type: tmpfs, target: /t, tmpfs: {size: 1k}}
            - {type: image, source: tools, target: /i}
          volumes_from: [db:ro, "container:outside"]
          tmpfs: "/run:size=1m"
          networks: {default: {aliases: [www]}}
          links: [db, "db:database"]
          pid: container:theirs
          ipc: container:elsewhere
          configs: [app]
          secrets: [{source: key, target: k, mode: 0400}]
          healthcheck: {test: "true", interval: 90s}
          logging: {driver: local}
          post_start: [{command: echo up}]
          pre_stop: [{command: echo down}]
          pre_start: [{command: echo soon}]
          devices: [/dev/null]
          gpus: all
          ulimits: {nproc: 5, nofile: {soft: 1, hard: 2}}
          restart: on-failure:3
          environment: {A: b, GONE: }
          command: ""
          cpus: 0.5
          blkio_config:
            weight_device: [{path: /dev/sda, weight: 400}]
            device_read_bps: [{path: /dev/sdb, rate: 12mb}]
            device_read_iops: [{path: /dev/sdb, rate: 120}]
            device_write_bps: [{path: /dev/sdb, rate: 1024k}]
            device_write_iops: [{path: /dev/sdb, rate: 30}]
          x-dockherd:
            constraints: [{field: zone, operator: group-by, value: 3}]
            checks: [{kind: tcp, port: 80}]
            backoff: {first: 2s}
          deploy:
            mode: replicated
            replicas: 3
            placement: {preferences: [{spread: node.labels.rack}]}
            resources:
              limits: {memory: 64m}
              reservations:
                generic_resources: [{discrete_resource_spec: {kind: SSD, value: 2}}]
                devices: [{capabilities: [gpu], device_ids: ["0"]}]
            update_config: {parallelism: 2, delay: 5s}
            rollback_config: {order: stop-first}
        db:
          build: .
          container_name: theirs
          network_mode: none
          healthcheck: {disable: true}
          deploy: {restart_policy: {condition: any, delay: 5s}}
      networks:
        default: {ipam: {config: [{subnet: 10.0.0.0/24}]}}
      volumes: {data: }
      configs: {app: {content: text}}
      secrets: {key: {environment: KEY}}
      """;

  private static Composition load() {
    return ComposeLoader.load(
        ComposeRequest.of(Path.of("/p"), Path.of("compose.yaml")),
        (file, limit) ->
            Optional.of(FULL.getBytes(StandardCharsets.UTF_8))
                .filter(found -> file.endsWith("compose.yaml")));
  }

  private static final Project PROJECT = load().project();
  private static final Service WEB = PROJECT.services().get("web");
  private static final Service DB = PROJECT.services().get("db");

  @Test
  void everyHonouredKeyIsRead() {
    Set<String> asked = new HashSet<>();
    ProjectReader.read(load().tree(), asked);
    List<String> unread =
        SupportMatrix.rows().stream()
            .filter(row -> row.support() == Support.HONOURED)
            .map(SupportMatrix.Row::key)
            .filter(key -> !asked.contains(key))
            // These are done with when the tree is canonical.
            .filter(key -> !key.matches("(include|extends|env_file)([.\\[].*)?"))
            .toList();
    assertEquals(List.of(), unread);
  }

  @Test
  void namesAreTheHerds() {
    assertEquals("full", PROJECT.name());
    assertEquals("full_default", PROJECT.networks().get("default").name());
    assertEquals("full_data", PROJECT.volumes().get("data").name());
    assertEquals(new Content.Inline("full_app", "text"), PROJECT.configs().get("app"));
    assertEquals(new Content.OfEnvironment("full_key", "KEY"), PROJECT.secrets().get("key"));
    assertEquals("full-db", DB.image());
  }

  @Test
  void whatRunsAndWhatItNeeds() {
    assertEquals(Optional.of(List.of()), WEB.process().command());
    assertEquals(Optional.empty(), WEB.process().entrypoint());
    assertEquals(Map.of("A", "b"), WEB.process().environment());
    assertEquals(
        Map.of("db", new Dependency(Dependency.Condition.HEALTHY, false, true)), WEB.dependsOn());
    HealthCheck health = WEB.healthCheck().orElseThrow();
    assertEquals(List.of("CMD-SHELL", "true"), health.test());
    assertEquals(Optional.of(Duration.ofSeconds(90)), health.interval());
    assertEquals(true, DB.healthCheck().orElseThrow().isDisabled());
    assertEquals(List.of("echo", "up"), WEB.hooks().postStart().getFirst().command());
  }

  @Test
  void restartOfEitherKey() {
    assertEquals(
        new Restart(Restart.When.ON_FAILURE, OptionalInt.of(3), Optional.empty(), Optional.empty()),
        WEB.restart());
    assertEquals(
        new Restart(
            Restart.When.ALWAYS,
            OptionalInt.empty(),
            Optional.of(Duration.ofSeconds(5)),
            Optional.empty()),
        DB.restart());
  }

  @Test
  void howItIsReached() {
    assertEquals(
        List.of(
            new Port(
                80,
                Optional.of("8000-8001"),
                Optional.of("127.0.0.1"),
                "udp",
                false,
                Optional.empty(),
                Optional.empty())),
        WEB.networking().ports());
    assertEquals(Map.of("db", List.of("db", "database")), WEB.networking().links());
    assertEquals(List.of("www"), WEB.networking().networks().get("default").aliases());
    assertEquals(Optional.of(new Namespace.Named("none")), DB.networking().mode());
  }

  @Test
  void aContainerOfTheProjectIsItsService() {
    assertEquals(Optional.of(new Namespace.OfService("db")), WEB.security().pid());
    assertEquals(Optional.of(new Namespace.OfContainer("elsewhere")), WEB.security().ipc());
    assertEquals(
        List.of(
            new Storage.VolumesFrom(new Namespace.OfService("db"), true),
            new Storage.VolumesFrom(new Namespace.OfContainer("outside"), false)),
        WEB.storage().volumesFrom());
  }

  @Test
  void whatIsMounted() {
    assertEquals(
        List.of(
            new Mount.OfVolume(
                Optional.of("data"), "/data", true, false, Optional.empty(), Map.of()),
            new Mount.OfPath(
                "/p/src",
                "/src",
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Mount.OfMemory("/t", false, OptionalLong.of(1024), Optional.empty()),
            new Mount.OfImage("tools", "/i", false, Optional.empty())),
        WEB.storage().mounts());
    assertEquals(Map.of("/run", "size=1m"), WEB.storage().tmpfs());
    assertEquals("/app", WEB.storage().configs().getFirst().target());
    assertEquals(
        new Grant("key", "/run/secrets/k", Optional.empty(), Optional.empty(), Optional.of("0400")),
        WEB.storage().secrets().getFirst());
  }

  @Test
  void whatItMayUseByEitherKey() {
    assertEquals(OptionalDouble.of(0.5), WEB.resources().cpus());
    assertEquals(OptionalLong.of(64 << 20), WEB.resources().memoryBytes());
    assertEquals(Map.of("SSD", 2L), WEB.resources().reservedGeneric());
    assertEquals(
        List.of(Optional.empty(), Optional.of("all")),
        WEB.resources().devices().stream().map(Resources.DeviceRequest::count).toList());
    assertEquals(
        Map.of("nproc", new Ulimit(5, 5), "nofile", new Ulimit(1, 2)), WEB.resources().ulimits());
  }

  @Test
  void howManyAndHowTheyChange() {
    assertEquals(OptionalInt.of(3), WEB.replicas());
    assertEquals(OptionalInt.empty(), DB.replicas());
    assertEquals(List.of("node.labels.rack"), WEB.deployment().spreadOver());
    Deployment.Rollout update = WEB.deployment().update().orElseThrow();
    assertEquals(OptionalInt.of(2), update.parallelism());
    assertEquals(Optional.of(Duration.ofSeconds(5)), update.delay());
  }
}
