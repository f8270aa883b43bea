package io.dockherd.apps.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.PodSpec.Resources;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compose files a node has fetched, and the pod they are. */
class ComposePodTest {
  private static final String TASK = "docker-compose-demo.b8b72bb1-5901-11e6-af2b-0242a9458e21";

  private static final String SEED =
      """
      baseC:
        container_name: baseC
        image: centurylink/wetty-cli
        net: "bridge"
        ports:
         - "5000:5000"
         - "8000:3000"

      web:
        container_name: web
        build: .
        net: "container:baseC"
        volumes:
         - .:/code
        links:
         - redis
      redis:
        container_name: redis
        image: redis
        net: "container:baseC"
      """;

  @TempDir private Path made;
  private Path folder;

  @BeforeEach
  void fetch() throws IOException {
    folder = Files.createDirectory(made.toRealPath().resolve("sandbox"));
  }

  private ComposePod read(List<Integer> ports, String... files) {
    return ComposePod.read(
        new ComposePod.Request(
            folder,
            List.of(files),
            Map.of("PORT0", "31000", "STAGE", "test"),
            TASK,
            ports,
            new Resources(1_000_000_000, 64 << 20, 0, 0)));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void theSeedsExampleIsOneNetworkWithTwoPorts() throws IOException {
    write("docker-compose-example/docker-compose.yml", SEED);
    ComposePod pod =
        read(List.of(31005, 31007, 31009), "docker-compose-example/docker-compose.yml");
    assertEquals(
        List.of("{task}_baseC", "{task}_redis", "{task}_web"),
        pod.containers().stream().map(ContainerSpec::containerName).toList());
    assertEquals(
        List.of("", "baseC", "baseC"),
        pod.containers().stream().map(it -> it.shares().network()).toList());
    assertEquals(
        List.of("baseC 5000 31005", "baseC 3000 31007"),
        pod.ports().stream()
            .map(it -> it.container() + " " + it.containerPort() + " " + it.hostPort())
            .toList());
    JsonObject owner = pod.containers().getFirst().document().getJsonObject("HostConfig");
    assertEquals("bridge", owner.getString("NetworkMode"));
    assertEquals(
        new JsonArray().add("redis:127.0.0.1").add("web:127.0.0.1"),
        owner.getJsonArray("ExtraHosts"));
    JsonObject web = pod.containers().getLast().document();
    Path home = folder.resolve("docker-compose-example");
    assertEquals(
        home.toString(),
        web.getJsonObject("HostConfig")
            .getJsonArray("Mounts")
            .getJsonObject(0)
            .getString("Source"));
    assertEquals(List.of(web.getString("Image")), List.copyOf(pod.builds().keySet()));
    assertEquals(home.toString(), pod.builds().get(web.getString("Image")).context());
    assertEquals(ContainerSpec.Pull.MISSING, pod.containers().getLast().pull());
    assertEquals(List.of(), pod.networks());
  }

  @Test
  void twoFilesTakeDifferentPortsInTheOrderOfTheirServices() throws IOException {
    write(
        "one.yml",
        """
        services:
          web: {image: busybox, depends_on: [db], ports: ["8080:80", "127.0.0.1:9:9/udp"]}
          db: {image: busybox, expose: ["1"], ports: ["5432"]}
        """);
    write("two.yml", "services: {more: {image: busybox, ports: ['8080:80', {target: 7}]}}");
    ComposePod pod = read(List.of(1001, 1002, 1003, 1004, 1005), "one.yml", "two.yml");
    assertEquals(
        List.of(
            "web 80/tcp 1001",
            "web 9/udp 1002",
            "db 5432/tcp 1003",
            "more 80/tcp 1004",
            "more 7/tcp 1005"),
        pod.ports().stream()
            .map(
                it ->
                    it.container()
                        + " "
                        + it.containerPort()
                        + "/"
                        + it.protocol()
                        + " "
                        + it.hostPort())
            .toList());
    assertEquals("db", pod.containers().getFirst().name());
  }

  @Test
  void tooFewPortsAreRefusedWithTheNumbers() throws IOException {
    write("c.yml", "services: {web: {image: busybox, ports: ['80', '81-82:81-82']}}");
    Refused refused = assertThrows(Refused.class, () -> read(List.of(31000), "c.yml"));
    assertEquals(
        "Insufficient number of ports allocated: the files publish 3 and 1 are offered",
        refused.getMessage());
  }

  @Test
  void whatAsksForMoreThanItsAppIsWarnedOf() throws IOException {
    write("c.yml", "services: {web: {image: busybox, cpus: 0.75, mem_limit: 16m, scale: 2}}");
    assertEquals(
        List.of(
            "the services ask for 1.5 cores and 32 MiB, and there are 1 cores and 64 MiB for them"),
        read(List.of(), "c.yml").warnings());
    write("c.yml", "services: {web: {image: busybox, cpus: 0.5, mem_limit: 32m, scale: 2}}");
    assertEquals(List.of(), read(List.of(), "c.yml").warnings());
  }

  @Test
  void everyFormThatWasOnceMisreadIsRead() throws IOException {
    write(
        "c.yml",
        """
        services:
          web:
            image: busybox
            labels: ["team=shop", "bare"]
            depends_on: {db: {condition: service_started}}
            links: ["db:database"]
            volumes_from: ["db:ro"]
            ports: ["127.0.0.1:8080:80", {target: 81, published: "9000"}, "82-83:82-83", "22:22"]
          db: {image: busybox, volumes: ["data:/data"], labels: {team: shop}}
        volumes: {data: }
        """);
    ComposePod pod = read(List.of(1001, 1002, 1003, 1004, 1005), "c.yml");
    ContainerSpec web = pod.containers().getLast();
    assertEquals(
        List.of("80 1001", "81 1002", "82 1003", "83 1004", "22 1005"),
        pod.ports().stream().map(it -> it.containerPort() + " " + it.hostPort()).toList());
    assertEquals(Map.of("db", "ro"), web.volumesFrom());
    assertEquals(Set.of("db"), web.dependsOn().keySet());
    JsonObject labels = web.document().getJsonObject("Labels");
    assertEquals("shop", labels.getString("team"));
    assertEquals("", labels.getString("bare"));
    String endpoints = web.document().getJsonObject("NetworkingConfig").encode();
    assertTrue(endpoints.contains("\"Links\":[\"db:database\"]"), endpoints);
  }

  @Test
  void whatHasANameCarriesTheTask() throws IOException {
    write(
        "c.yml",
        """
        services:
          web: {image: busybox, volumes: ["data:/d", "ext:/e"], networks: [default, site]}
        volumes: {data: {}, ext: {external: true}}
        networks: {site: {name: everybodys}}
        """);
    ComposePod pod = read(List.of(), "c.yml");
    assertEquals(
        List.of("{task}_data true", "ext false"),
        pod.volumes().stream().map(it -> it.name() + " " + it.isOfInstance()).toList());
    assertEquals(
        List.of("everybodys false", "{task}_default true"),
        pod.networks().stream().map(it -> it.name() + " " + it.isOfInstance()).sorted().toList());
    JsonObject document = pod.containers().getFirst().document();
    assertEquals(
        "docker-compose-demo_b8b72bb1-5901-11e6-af2b-0242a9458e21",
        document.getJsonObject("Labels").getString("com.docker.compose.project"));
    assertEquals(
        pod.networks().stream().map(NamedNetwork::name).sorted().toList(),
        document
            .getJsonObject("NetworkingConfig")
            .getJsonObject("EndpointsConfig")
            .fieldNames()
            .stream()
            .sorted()
            .toList());
    assertTrue(document.encode().contains("{task}_data"), document::encode);
    assertEquals(1, pod.volumes().stream().filter(NamedVolume::isExternal).count());
  }

  @Test
  void variablesAreTheTasks() throws IOException {
    write("c.yml", "services: {web: {image: 'busybox:${STAGE}', command: 'serve ${PORT0}'}}");
    JsonObject document = read(List.of(), "c.yml").containers().getFirst().document();
    assertEquals("busybox:test", document.getString("Image"));
    assertEquals(new JsonArray().add("serve").add("31000"), document.getJsonArray("Cmd"));
  }

  @Test
  void nothingOutsideIsRead() throws IOException {
    Files.writeString(made.resolve("secret"), "A=b");
    Files.createSymbolicLink(folder.resolve("link"), made.toRealPath().resolve("secret"));
    write("ok.yml", "services: {web: {image: busybox}}");
    write("env.yml", "services: {web: {image: busybox, env_file: ../secret}}");
    write("link.yml", "services: {web: {image: busybox, env_file: link}}");
    write("config.yml", "services: {web: {image: a, configs: [c]}}\nconfigs: {c: {file: link}}");
    write("extends.yml", "services: {web: {extends: {file: /etc/passwd, service: root}}}");
    write("build.yml", "services: {web: {build: ..}}");
    Files.createDirectories(made.resolve("beside/code"));
    Files.createSymbolicLink(folder.resolve("way"), made.toRealPath().resolve("beside"));
    write("way.yml", "services: {web: {build: way/code}}");
    assertEquals(1, read(List.of(), "ok.yml").containers().size());
    for (String file :
        List.of("env.yml", "link.yml", "config.yml", "extends.yml", "build.yml", "way.yml")) {
      Refused refused = assertThrows(Refused.class, () -> read(List.of(), file), file);
      assertTrue(refused.getMessage().contains("outside of what was fetched"), file);
    }
    assertThrows(Refused.class, () -> read(List.of(), "../secret"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Exception missing = assertThrows(Exception.class, () -> read(List.of(), "gone.yml"));
    assertTrue(missing.getMessage().contains("gone.yml"), missing::toString);
    assertTrue(missing instanceof NotFound || missing instanceof io.dockherd.failure.Invalid);
  }

  @Test
  void everyCopyIsAContainer() throws IOException {
    write("c.yml", "services: {web: {image: busybox, scale: 2, ports: ['80']}}");
    ComposePod pod = read(List.of(1001, 1002), "c.yml");
    assertEquals(
        List.of("web", "web-2"), pod.containers().stream().map(ContainerSpec::name).toList());
    assertEquals(
        List.of("web 1001", "web-2 1002"),
        pod.ports().stream().map(it -> it.container() + " " + it.hostPort()).toList());
  }

  @Test
  void restartsInPlaceAreAsTheFileSays() throws IOException {
    write(
        "c.yml",
        """
        services:
          a: {image: busybox, restart: "on-failure:3"}
          b: {image: busybox, restart: always}
        """);
    assertEquals(
        List.of(3, 0),
        read(List.of(), "c.yml").containers().stream().map(it -> it.restart().attempts()).toList());
  }

  @Test
  void aPodOfTooManyContainersIsRefusedBeforeTheyAreMade() throws IOException {
    write("c.yml", "services: {a: {image: busybox, scale: 99}, b: {image: busybox}}");
    assertEquals(100, read(List.of(), "c.yml").containers().size());
    for (String many :
        List.of(
            "services: {a: {image: busybox, scale: 100}, b: {image: busybox}}",
            "services: {a: {image: b, deploy: {replicas: 100000}}, b: {image: b, scale: 100000}}",
            "services:\n"
                + IntStream.range(0, 10_000)
                    .mapToObj(i -> "  s%d: {image: b, depends_on: [s%d]}\n".formatted(i, i + 1))
                    .collect(Collectors.joining())
                + "  s10000: {image: b}\n")) {
      write("c.yml", many);
      Refused refused = assertThrows(Refused.class, () -> read(List.of(), "c.yml"));
      assertTrue(
          refused.getMessage().contains("containers, more than the 100 one may have"),
          refused::getMessage);
    }
  }

  @Test
  void whatIsTheAppsToSayIsTold() throws IOException {
    write(
        "c.yml",
        """
        services:
          web:
            image: busybox
            platform: linux/arm64
            environment: {"constraint:zone": "=a"}
            deploy:
              placement: {constraints: [node.labels.zone == a]}
              update_config: {parallelism: 2}
            x-dockherd: {on_split: stay, checks: [{kind: tcp, port: 80}]}
          db: {image: busybox, deploy: {mode: global}}
        x-dockherd:
          constraints: [{field: zone, operator: is, value: a}]
          affinities: [image==redis]
          backoff: {first: 1s}
          update: {parallelism: 1}
          kill_selection: oldest-first
          replicas: 2
          failure: primary
          primary: db
        """);
    assertEquals(
        List.of(
            "service web: deploy.placement",
            "service web: deploy.update_config",
            "service web: platform",
            "service web: a constraint or affinity in 'environment'",
            "service web: x-dockherd.on_split",
            "service web: x-dockherd.checks",
            "service db: deploy.mode",
            "the files: x-dockherd.constraints",
            "the files: x-dockherd.affinities",
            "the files: x-dockherd.kill_selection",
            "the files: x-dockherd.backoff",
            "the files: x-dockherd.update",
            "the files: x-dockherd.replicas",
            "the files: x-dockherd.failure"),
        read(List.of(), "c.yml").warnings().stream()
            .map(text -> text.replace(" has no effect, for it is the app's to say", ""))
            .toList());
  }

  @Test
  void whatABuildCantDoIsTold() throws IOException {
    write(
        "c.yml",
        """
        services:
          a:
            build: {context: ., platforms: [linux/amd64, linux/arm64], isolation: process}
            pull_policy: build
        """);
    List<String> warnings = read(List.of(), "c.yml").warnings();
    assertEquals(2, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("is built for linux/amd64 alone"), warnings::toString);
    assertTrue(warnings.get(1).contains("without isolation: process"), warnings::toString);
  }
}
