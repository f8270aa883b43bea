package io.dockherd.doors.marathon;

import io.dockherd.Golden;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Golden files of talks with the door: each line above is a request, {@code METHOD path
 * [Header=value …] [body]}, or something that happens, {@code # what …}; below is what is answered.
 */
class TalkTest {
  @TestFactory
  List<DynamicTest> talks() throws IOException {
    return Golden.tests("marathon/talks", TalkTest::talk);
  }

  private static String talk(String script) {
    StringBuilder heard = new StringBuilder();
    try (MarathonBench door = new MarathonBench()) {
      for (String line : script.lines().toList()) {
        if (line.startsWith("# ")) {
          happen(door.bench(), line.substring(2));
        } else if (!line.isBlank()) {
          heard.append(">> ").append(line).append('\n').append(ask(door, line)).append('\n');
        }
      }
    }
    return heard.toString();
  }

  private static String ask(MarathonBench door, String line) {
    int at = line.indexOf(" {") < 0 ? line.indexOf(" [") : line.indexOf(" {");
    String body = at < 0 ? "" : line.substring(at + 1);
    String[] words = (at < 0 ? line : line.substring(0, at)).split(" ");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 2; i < words.length; i++) {
      String[] header = words[i].split("=", 2);
      headers.put(header[0], header[1]);
    }
    MarathonBench.Said said = door.send(words[0], words[1], body, headers);
    StringBuilder text = new StringBuilder("<< " + said.status());
    for (String header : List.of("Location", "Marathon-Deployment-Id")) {
      said.headers()
          .firstValue(header)
          .ifPresent(value -> text.append(' ').append(header).append('=').append(value));
    }
    return text.append('\n').append(pretty(said.text())).toString();
  }

  private static String pretty(String text) {
    boolean isJson = text.startsWith("{") || text.startsWith("[");
    return switch (isJson ? Json.decodeValue(text) : text) {
      case JsonObject json -> json.encodePrettily();
      case JsonArray list -> list.encodePrettily();
      case Object plain -> plain.toString();
    };
  }

  private static void happen(AppsBench bench, String what) {
    String[] words = what.split(" ", 4);
    switch (words[0]) {
      case "runs" -> bench.run(words[1], Integer.parseInt(words[2]), words[3]);
      case "runs-elsewhere" ->
          bench.apps().put(List.of(AppsBench.wanted(words[1], 1)), bench.options());
      case "is" -> {
        Instance one = instance(bench, words);
        bench.tell(one, json -> json.mergeIn(new JsonObject(words[3])));
      }
      case "fails" -> bench.fail(instance(bench, words), words[3]);
      case "settles" -> bench.settle(words[1]);
      case "pauses" -> bench.pause(words[1], "new instances fail");
      case "waits" -> bench.waits(words[1], Waiting.of(new JsonObject(what.split(" ", 3)[2])));
      case "passes" -> bench.passes(Duration.ofSeconds(Long.parseLong(words[1])));
      default -> throw new AssertionError("what happens there? " + what);
    }
  }

  private static Instance instance(AppsBench bench, String[] words) {
    return bench.apps().find(AppPath.of(words[1])).orElseThrow().instances().stream()
        .filter(one -> one.id().slot() == Integer.parseInt(words[2]))
        .findFirst()
        .orElseThrow();
  }
}
