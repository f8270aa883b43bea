package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Tool;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dokkaa's example to the letter: its two manifests, its two curl lines, its port. */
@OnLab
class NginxAndCrawlerLabTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String NGINX =
      """
      {
      "image": "dockerfile/nginx",
      "scale": 1,
      "services": {
      "nginx": 80
      }
      }\
      """;

  private static final String CRAWLER =
      """
      {
      "image": "dockerfile/ubuntu",
      "scale": 1,
      "command": [
      "/bin/bash",
      "-c",
      "while true; do curl http://$SERVICE_NGINX_ADDR:$SERVICE_NGINX_PORT; sleep 2; done"
      ],
      "links": [
      "nginx"
      ]
      }\
      """;

  @Test
  void theExampleRunsAsItIsWritten(LabHerd herd, @TempDir Path folder) throws IOException {
    Tool.require("curl");
    makeImages(herd, folder);
    String any = "http://" + herd.host(2).address() + ":" + LabHost.MANIFESTS_PORT;
    String nginx = any + "/v2/keys/apps/dummy/nginx/manifest";
    JsonObject event = curl(herd, "-L", "-XPUT", "-d", "value=" + NGINX, nginx);
    assertEquals("set", event.getString("action"));
    assertEquals(NGINX, event.getJsonObject("node").getString("value"));
    String crawler = any + "/v2/keys/apps/dummy/crawler/manifest";
    curl(herd, "-L", "-XPUT", "--data-urlencode", "value=" + CRAWLER, crawler);

    Await.until(
        "both containers run",
        LIMIT,
        () -> running(herd).equals(Set.of("/dummy---nginx", "/dummy---crawler")));
    assertEquals("it works", page(herd));
    List<String> environment = environment(herd, "dummy---crawler");
    assertTrue(
        environment.containsAll(
            List.of(
                "DOKKAA_APP_NAME=dummy",
                "SERVICE_NGINX_ADDR=backends",
                "SERVICE_NGINX_PORT=10000",
                "BACKENDS_10000=nginx.dummy.skydns.local")),
        environment.toString());
    assertTrue(environment(herd, "dummy---nginx").contains("DOKKAA_SERVICE_nginx=80"));

    curl(herd, "-XDELETE", any + "/v2/keys/apps/dummy?recursive=true");
    Await.until("none is left", LIMIT, () -> running(herd).isEmpty());
  }

  /** What a node answers to that line, typed on a host that is not its own. */
  private static JsonObject curl(LabHerd herd, String... arguments) {
    String[] line =
        Stream.concat(Stream.of("curl", "-s"), Stream.of(arguments)).toArray(String[]::new);
    return new JsonObject(herd.host(1).run(line).orFail().output());
  }

  /** The example's images, as far as it needs them, made of the one there is; one host has them. */
  private static void makeImages(LabHerd herd, Path folder) throws IOException {
    Path bash = script(folder, "bash", "exec /bin/sh \"$@\"");
    Path curl = script(folder, "curl", "exec wget -q -O - \"$@\"");
    Path page = Files.writeString(folder.resolve("index.html"), "it works\n");
    commit(
        herd,
        "dockerfile/nginx",
        "CMD [\"httpd\",\"-f\",\"-p\",\"80\",\"-h\",\"/var/www\"]",
        page,
        "/var/www/index.html");
    commit(herd, "dockerfile/ubuntu", "CMD [\"sh\"]", bash, "/bin/bash", curl, "/bin/curl");
  }

  private static Path script(Path folder, String name, String line) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
    assertTrue(script.toFile().setExecutable(true, false));
    return script;
  }

  private static void commit(LabHerd herd, String image, String change, Object... copies) {
    String id = herd.docker(1, "create", "busybox").orFail().output().strip();
    for (int i = 0; i < copies.length; i += 2) {
      herd.docker(1, "cp", copies[i].toString(), id + ":" + copies[i + 1]).orFail();
    }
    herd.docker(1, "commit", "--change", change, id, image).orFail();
    herd.docker(1, "rm", id).orFail();
  }

  private static Set<String> running(LabHerd herd) {
    return IntStream.rangeClosed(1, 3)
        .boxed()
        .flatMap(host -> herd.containersOn(host).stream())
        .filter(container -> container.getString("State").equals("running"))
        .map(container -> container.getJsonArray("Names").getString(0))
        .collect(Collectors.toSet());
  }

  /** What nginx shows at the port its host has chosen. */
  private static String page(LabHerd herd) {
    String address =
        herd.docker(3, "port", "dummy---nginx", "80")
            .orFail()
            .output()
            .lines()
            .findFirst()
            .orElse("");
    return herd.host(1).run("curl", "-s", "http://" + address + "/").orFail().output().strip();
  }

  private static List<String> environment(LabHerd herd, String container) {
    JsonArray inspected = new JsonArray(herd.docker(1, "inspect", container).orFail().output());
    return inspected.getJsonObject(0).getJsonObject("Config").getJsonArray("Env").stream()
        .map(String.class::cast)
        .toList();
  }
}
