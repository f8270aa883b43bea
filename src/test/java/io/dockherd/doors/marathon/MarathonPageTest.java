package io.dockherd.doors.marathon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.Rollout;
import io.dockherd.doors.marathon.MarathonBench.Said;
import io.dockherd.doors.marathon.definition.DockerOptionsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/marathon.md tells a reader to type is answered as it says, from top to bottom. */
class MarathonPageTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String DOOR = "http://127.0.0.1:8080";

  private static String page() throws IOException {
    return Files.readString(Path.of("docs/marathon.md"));
  }

  private record Request(String method, String path, String body, Map<String, String> headers) {
    static Request of(String line) {
      List<String> words = new ArrayList<>();
      Matcher word = WORD.matcher(line);
      while (word.find()) {
        words.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      String method = "";
      String body = "";
      Map<String, String> headers = new HashMap<>();
      for (int i = 1; i < words.size() - 1; i++) {
        switch (words.get(i)) {
          case "-X" -> method = words.get(++i);
          case "-d" -> body = words.get(++i);
          case "-H" -> {
            String[] header = words.get(++i).split(": ", 2);
            headers.put(header[0], header[1]);
          }
          case "-N" -> {}
          default -> throw new AssertionError("what is " + words.get(i) + " in " + line);
        }
      }
      String url = words.getLast();
      assertTrue(url.startsWith(DOOR), line);
      String unsaid = body.isEmpty() ? "GET" : "POST";
      return new Request(
          method.isEmpty() ? unsaid : method, url.substring(DOOR.length()), body, headers);
    }
  }

  @Test
  void everyCommandOfThePageIsAnswered() throws IOException {
    int seen = 0;
    try (MarathonBench door = new MarathonBench()) {
      for (String line : page().lines().filter(it -> it.startsWith("curl ")).toList()) {
        Request request = Request.of(line);
        if (request.path.startsWith("/v2/events")) {
          try (EventReader events =
              door.follow(request.path.substring("/v2/events".length()), request.headers)) {
            assertEquals(200, events.status());
          }
        } else {
          Said said = door.send(request.method, request.path, request.body, request.headers);
          assertTrue(said.status() < 300, line + " → " + said.status() + " " + said.text());
        }
        settle(door);
        seen++;
      }
    }
    assertTrue(seen > 10, seen + " commands found");
  }

  private static void settle(MarathonBench door) {
    door.bench().apps().changing().stream()
        .filter(app -> app.rollout().filter(Rollout::isRunning).isPresent())
        .map(App::path)
        .forEach(path -> door.bench().settle(path.value()));
  }

  @Test
  void thePageListsTheOptionsThatArePassedOn() throws IOException {
    Matcher list = Pattern.compile("<!-- options -->(.*)<!-- end -->").matcher(page());
    assertTrue(list.find());
    assertEquals(DockerOptionsPage.names(), List.of(list.group(1).replace("`", "").split(" ")));
  }
}
