package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {
  @Test
  void itEndsWhereARolloutWouldFail() {
    for (String onFailure : List.of("pause", "rollback")) {
      Scene scene = new Scene(Scene.config(), 3).nodes("a", "b", "c");
      scene.running(1, "a", 1);
      scene.running(2, "b", 1);
      scene.running(3, "c", 1);
      scene.update(
          Scene.updating(
              "{'monitorMillis':30000,'deadlineMillis':50000,'onFailure':'" + onFailure + "'}"));
      List<String> course = scene.course();
      List<String> ends =
          course.stream()
              .filter(step -> !step.startsWith("run") && !step.startsWith("stop"))
              .toList();
      assertEquals(1, ends.size(), course.toString());
      assertEquals(ends.getFirst(), course.getLast());
    }
  }
}
