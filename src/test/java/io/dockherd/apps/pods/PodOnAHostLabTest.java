package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency.Condition;
import io.dockherd.apps.model.FileSpec;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pods on a real host: all they may ask for, from nothing to nothing. */
@OnLab(withNodes = false)
class PodOnAHostLabTest {
  private static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  private static AppConfig pod(
      List<NamedNetwork> networks, List<NamedVolume> volumes, PodSpec plain) {
    return AppConfig.service(
        new PodSpec(
            plain.source(),
            plain.ports(),
            networks,
            volumes,
            plain.artifacts(),
            plain.failure(),
            plain.resources()));
  }

  private static String read(String url) {
    try (var in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the seed's: a base that owns the network, a web server, a store; one behind the other. */
  @Test
  void threeContainersShareANetworkAndTwoOfOnePodDoNotClash(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      ContainerSpec base = Specs.sleeper("base");
      ContainerSpec redis =
          Specs.inNetworkOf(
              Specs.container(
                  "redis", "sh", "-c", "while true; do echo pong | nc -l -p 6379; done"),
              "base");
      ContainerSpec web =
          Specs.inNetworkOf(
              Specs.with(
                  Specs.container(
                      "web",
                      "sh",
                      "-c",
                      "echo $HOST_PORT > /var/www/port; httpd -f -p 5000 -h /var/www"),
                  json("{'HostConfig':{'Links':['redis']}}")),
              "base");
      AppConfig config =
          Specs.service(
              List.of(Specs.port("web", 5000, 0), Specs.port("base", 3000, 0)),
              base,
              redis,
              Specs.late(web, Map.of("HOST_PORT", "{port:0}")));
      InstanceKey one = PodsNode.key("/shop/web", 1);
      InstanceKey two = PodsNode.key("/shop/web", 2);
      node.run(one, config);
      node.run(two, config);
      for (InstanceKey key : List.of(one, two)) {
        Instance running = node.await(key, Phase.RUNNING);
        String url = "http://" + herd.host(1).address() + ":" + running.ports().getFirst();
        Await.until("it answers", PodsNode.LIMIT, () -> isServing(url));
        assertEquals(running.ports().getFirst().toString(), read(url + "/port"));
        String said =
            host.docker(
                "exec", running.containers().get("web"), "sh", "-c", "echo ping | nc redis 6379");
        assertEquals("pong", said);
      }
      assertEquals(6, host.names().size());
      node.stop(one);
      node.stop(two);
      node.awaitGone(one);
      node.awaitGone(two);
      assertEquals(List.of(), host.names());
    }
  }

  private static boolean isServing(String url) {
    try {
      return !read(url + "/port").isEmpty();
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  @Test
  void filesHooksVolumesAndNetworksAreThereAndGoAgain(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      ContainerSpec web =
          Specs.hooked(
              Specs.holding(
                  Specs.with(
                      Specs.sleeper("web"),
                      json(
                          "{'HostConfig':{'Binds':['data{nth}:/data','kept:/kept']},'NetworkingConfig':"
                              + "{'EndpointsConfig':{'shop':{'Aliases':['web']},'back':{'Aliases':['w']}}}}")),
                  new FileSpec(
                      "/run/secrets/deep/token", Buffer.buffer("top"), "0440", 12, 34, true)),
              "echo hooked > /data/hook",
              "echo bye > /kept/bye");
      ContainerSpec probe =
          Specs.after(
              Specs.with(
                  Specs.container("probe", "sh", "-c", "nslookup web; sleep 1000"),
                  json("{'NetworkingConfig':{'EndpointsConfig':{'shop':{}}}}")),
              "web",
              Condition.STARTED);
      AppConfig config =
          pod(
              List.of(
                  new NamedNetwork("shop", new JsonObject(), false),
                  new NamedNetwork("back", json("{'Driver':'bridge','Internal':true}"), false)),
              List.of(
                  new NamedVolume("data{nth}", new JsonObject(), false, true),
                  new NamedVolume("kept", new JsonObject(), false, false)),
              Specs.pod(List.of(), web, probe));
      InstanceKey key = PodsNode.key("/shop/web", 1);
      node.run(key, config);
      Instance running = node.await(key, Phase.RUNNING);
      String id = running.containers().get("web");
      assertEquals(
          "440 12 34 top",
          host.docker(
              "exec",
              id,
              "sh",
              "-c",
              "stat -c '%a %u %g' /run/secrets/deep/token | tr '\\n"
                  + "' ' '; cat /run/secrets/deep/token"));
      assertEquals("hooked", host.docker("exec", id, "cat", "/data/hook"));
      JsonObject networks =
          host.inspect(running, "web").getJsonObject("NetworkSettings").getJsonObject("Networks");
      assertEquals(List.of("back", "shop"), networks.fieldNames().stream().sorted().toList());
      assertTrue(
          host.docker("exec", running.containers().get("probe"), "ping", "-c", "1", "web")
              .contains("1 packets received"));

      node.stop(key);
      node.awaitGone(key);
      assertEquals(List.of(), host.names());
      assertEquals("kept", host.docker("volume", "ls", "--format", "{{.Name}}"));
      assertEquals(
          "bye", host.docker("run", "--rm", "-v", "kept:/kept", "busybox", "cat", "/kept/bye"));
      Await.until(
          "networks nobody is on go after the grace",
          PodsNode.LIMIT,
          () ->
              host.docker("network", "ls", "--filter", "driver=bridge", "--format", "{{.Name}}")
                  .equals("bridge"));
    }
  }

  @Test
  void anIpcAndAPidNamespaceCanBeShared(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      InstanceKey key = PodsNode.key("/shop/web", 1);
      node.run(
          key,
          Specs.service(
              Specs.inProcessesOf(Specs.sleeper("web"), "db"),
              Specs.container("db", "sleep", "7777")));
      Instance running = node.await(key, Phase.RUNNING);
      String seen = host.docker("exec", running.containers().get("web"), "ps");
      assertTrue(seen.contains("sleep 7777"), seen);
      node.stop(key);
      node.awaitGone(key);
    }
  }

  @Test
  void anImageIsBuiltOfAFolderThatWasFetched(LabHerd herd) throws IOException {
    java.nio.file.Path folder = java.nio.file.Files.createTempDirectory("dockherd-test");
    java.nio.file.Files.writeString(
        folder.resolve("Dockerfile"),
        "FROM busybox\nARG WHAT\nCOPY . /app\nRUN echo $WHAT > /app/what\n");
    java.nio.file.Files.writeString(folder.resolve("kept"), "x");
    java.nio.file.Files.writeString(folder.resolve("left"), "x");
    java.nio.file.Files.writeString(folder.resolve(".dockerignore"), "left\n");
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      DraftReader reader =
          (at, files, instance) ->
              new Draft(
                  List.of(
                      Specs.with(
                          Specs.sleeper("web"),
                          new JsonObject().put("Image", "built:" + instance.ports().size()))),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(
                      new Draft.ImageBuild(
                          "built:0", folder, Map.of("buildargs", "{\"WHAT\":\"this\"}"))),
                  List.of());
      PodsNode node = host.node(PodsNode.settings(), reader, false);
      AppConfig compose =
          Specs.podBut(
              Specs.service(Specs.sleeper("x")),
              "composeFiles",
              new JsonArray().add("docker-compose.yml"));
      InstanceKey key = PodsNode.key("/shop/web", 1);
      node.run(key, compose);
      Instance running = node.await(key, Phase.RUNNING);
      String seen =
          host.docker(
              "exec", running.containers().get("web"), "sh", "-c", "ls /app; cat /app/what");
      assertEquals("Dockerfile kept what this", seen.replaceAll("\\s+", " "));
      assertTrue(
          host.inspect(running, "web")
              .getJsonObject("Config")
              .getJsonObject("Labels")
              .containsKey("taskId"));
      node.stop(key);
      node.awaitGone(key);
    }
  }

  @Test
  void aHealthCheckThatFailsEndsTheInstance(LabHerd herd) {
    try (EngineOfHost host = new EngineOfHost(herd.host(1).engineSocket())) {
      PodsNode node = host.node();
      ContainerSpec web =
          Specs.container(
              "web", "sh", "-c", "echo ok > /var/www/index.html; httpd -f -p 80 -h /var/www");
      AppConfig config =
          AppConfig.of(
              Specs.service(
                      List.of(
                          new io.dockherd.apps.model.PortSpec(
                              "", "", 80, "tcp", herd.host(1).address(), 0, 0, new JsonObject())),
                      web)
                  .json()
                  .put(
                      "checks",
                      new JsonArray()
                          .add(
                              json(
                                  "{'probe':{'kind':'http','path':'/','portIndex':0},'graceMillis':60000,"
                                      + "'intervalMillis':200,'timeoutMillis':5000,'failures':2}"))
                          .add(
                              json(
                                  "{'probe':{'kind':'command','container':'web','command':['true']},"
                                      + "'graceMillis':60000,'intervalMillis':500,'timeoutMillis':5000,'failures':3}"))));
      InstanceKey key = PodsNode.key("/shop/web", 1);
      node.run(key, config);
      Await.until(
          "it is healthy",
          PodsNode.LIMIT,
          () -> node.instance(key).map(Instance::isHealthy).orElse(false));
      Instance running = node.instance(key).orElseThrow();
      assertTrue(running.checks().stream().allMatch(check -> check.firstSuccessMillis() > 0));
      host.docker("exec", running.containers().get("web"), "rm", "/var/www/index.html");
      Instance failed = node.await(key, Phase.FAILED);
      assertEquals(
          io.dockherd.apps.model.InstanceFailure.Reason.UNHEALTHY,
          failed.failure().orElseThrow().reason());
      assertTrue(
          failed.message().startsWith("health check 1 failed 2 times in a row:"), failed::message);
      node.clear(key);
      node.awaitGone(key);
      assertEquals(List.of(), host.names());
    }
  }
}
