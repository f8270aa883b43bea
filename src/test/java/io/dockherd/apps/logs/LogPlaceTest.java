package io.dockherd.apps.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPlaceTest {
  private final LogPlace place = new LogPlace();

  /** {@code 5o a}: at second 5, to standard output. */
  private static AppLine line(String text) {
    return new AppLine(
        new AppPath("/shop/web"),
        InstanceId.of("1-aaaaaaaa"),
        "web",
        "host-1",
        Instant.ofEpochSecond(text.charAt(0) - '0'),
        text.charAt(1) == 'e',
        text.substring(3));
  }

  private List<String> read(String... lines) {
    List<String> passed = new ArrayList<>();
    for (String line : lines) {
      if (place.goOn(line(line))) {
        passed.add(line);
      }
    }
    return passed;
  }

  @Test
  void linesOfOneMomentAreAllPassedOn() {
    String[] lines = {"1o a", "1e a", "1o a", "2o b", "1e late", "2o c"};
    assertEquals(List.of(lines), read(lines));
    assertEquals(Instant.ofEpochSecond(2), place.last());
  }

  @Test
  void whatWasReadIsSkippedOnceWhenItIsReadAgain() {
    read("1o a", "2o b", "2o b", "2e c");
    place.readAgain();
    assertEquals(
        List.of("2o b", "2o d", "3o e", "2e late"),
        read("1o a", "2o b", "2o b", "2e c", "2o b", "2o d", "3o e", "2e late"));
    place.readAgain();
    assertEquals(List.of("3e f", "3o e"), read("3o e", "3e f", "3o e"));
  }
}
