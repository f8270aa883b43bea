package io.dockherd.apps.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.pods.LoggingPods;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the instances of an app write, as one stream. */
@OnLab(withNodes = false)
class AppLogsLabTest {
  private static final AppPath APP = new AppPath("/shop/web");

  private static List<String> take(LogFeed feed, int count) {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      Optional<AppLine> line = feed.line();
      assertTrue(line.isPresent(), () -> "only " + lines);
      lines.add(
          line.get().instance().slot() + " " + line.get().container() + " " + line.get().text());
    }
    return lines;
  }

  private static List<String> all(LogFeed feed) {
    List<String> lines = new ArrayList<>();
    for (Optional<AppLine> line = feed.line(); line.isPresent(); line = feed.line()) {
      lines.add(line.get().text());
    }
    return lines;
  }

  @Test
  void linesOfAllInstancesComeInTheirOrder(LabHerd herd) {
    try (LoggingPods pods = new LoggingPods(herd.host(1).engineSocket())) {
      pods.run(1, "sleep 1000");
      pods.run(2, "sleep 1000");
      AppLogs logs = new AppLogs(pods.fleet(), pods.facts());
      try (LogFeed feed = logs.open(LogRequest.all(APP).following())) {
        pods.say(1, "one");
        pods.say(2, "two");
        pods.say(2, "''");
        pods.say(1, "three");
        assertEquals(List.of("1 web one", "2 web two", "2 web ", "1 web three"), take(feed, 4));
        pods.run(3, "echo new; sleep 1000");
        assertEquals(List.of("3 web new"), take(feed, 1), "of those that come later too");
      }
      try (LogFeed feed = logs.open(LogRequest.all(APP))) {
        assertEquals(List.of("one", "two", "", "three", "new"), all(feed));
      }
      try (LogFeed feed = logs.open(LogRequest.all(APP).last(1))) {
        assertEquals(List.of("", "three", "new"), all(feed));
      }
      assertEquals(List.of(), all(logs.open(LogRequest.all(new AppPath("/none")))));
    }
  }

  @Test
  void whatNobodyTakesIsHeldBackAndTheEndIsTheCallers(LabHerd herd) {
    try (LoggingPods pods = new LoggingPods(herd.host(1).engineSocket())) {
      pods.run(1, "yes 0123456789 | head -n 200000; sleep 1000");
      AppLogs logs = new AppLogs(pods.fleet(), pods.facts());
      LogFeed feed = logs.open(LogRequest.all(APP).following());
      for (int i = 0; i < 200_000; i++) {
        assertEquals("0123456789", feed.line().orElseThrow().text());
      }
      assertEquals(new LogFeed.Next.Silence(), feed.next(Duration.ofMillis(50)));
      feed.close();
      assertEquals(new LogFeed.Next.End(), feed.next(Duration.ofSeconds(1)));
    }
  }
}
