package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.dockherd.lab.Slack;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * One host is cut off from the others for half a minute, long enough for every connection to be
 * given up: after the heal every container's bus address answers again from every node.
 */
@OnLab
class LinkCutForThirtySecondsLabTest {
  private static final String BRIDGE_PORT = "7400";
  private static final Duration CUT = Duration.ofSeconds(30);
  private static final Duration BACK = Slack.on(Duration.ofSeconds(5));

  @Test
  void everyAddressAnswersFromEveryNodeWithinFiveSecondsOfTheHeal(LabHerd herd) throws Exception {
    herd.lab().onAll(LabHost::stopNode);
    herd.lab().hosts().forEach(host -> host.startNode("--tcp-bridge-port=" + BRIDGE_PORT));
    herd.awaitMembers(3);
    herd.awaitEngines();
    Ask ask = new Ask(herd);
    List<String> ids = ask.create(1, 9).stream().map(Ask::id).toList();
    assertEquals(9, ids.size());

    herd.lab().cut(1, 3);
    herd.lab().cut(2, 3);
    long cut = System.nanoTime();
    Await.until(
        "the sides see each other no more",
        Slack.on(Duration.ofSeconds(6)),
        () ->
            herd.nodesSeenBy(1).size() == 2
                && herd.nodesSeenBy(2).size() == 2
                && listed(herd.host(3)) == 3);
    // Half a minute is what this is about: nothing happens that could be waited for.
    Await.until(
        "half a minute has passed",
        CUT.plusSeconds(5),
        () -> System.nanoTime() - cut > CUT.toNanos());

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> probes = new ArrayList<>();
      for (LabHost host : herd.lab().hosts()) {
        probes.add(threads.submit(() -> probe(host, ids)));
      }
      // The programs take a moment to start; they meet the cut first, then the heal.
      long probing = System.nanoTime();
      Await.until(
          "the probes run",
          Duration.ofSeconds(5),
          () -> System.nanoTime() - probing > 2_000_000_000L);
      long healed = System.currentTimeMillis();
      herd.lab().healAll();
      for (int i = 0; i < probes.size(); i++) {
        Map<String, Long> answered = answered(probes.get(i).get());
        assertEquals(ids.size(), answered.size(), "from host " + (i + 1) + ": " + answered);
        long last = answered.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        assertTrue(
            last - healed <= BACK.toMillis(),
            "from host " + (i + 1) + " after " + (last - healed) + " ms");
      }
    }
    herd.awaitMembers(3, BACK);
    for (int host = 1; host <= 3; host++) {
      assertEquals(ask.onEngines(1, 2, 3), ask.listed(host));
    }
  }

  /** The cut-off host's door still answers, and for what it can reach: how many it lists. */
  private static int listed(LabHost host) {
    String answer =
        host.run("curl", "-sS", "-d", "{\"action\":\"list-containers\"}", "127.0.0.1:8080")
            .orFail()
            .output();
    JsonObject envelope = new JsonObject(answer);
    assertEquals(200, envelope.getInteger("statusCode"));
    return envelope.getJsonObject("Response").getJsonArray("Body").size();
  }

  private static String probe(LabHost host, List<String> ids) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(BusProbe.class.getName());
    command.add("25");
    command.add(BRIDGE_PORT);
    command.addAll(ids);
    return host.run(command.toArray(String[]::new)).orFail().output();
  }

  private static Map<String, Long> answered(String output) {
    Map<String, Long> answered = new HashMap<>();
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ");
      if (words.length == 2 && words[0].length() == 64) {
        answered.put(words[0], Long.parseLong(words[1]));
      }
    }
    return answered;
  }
}
