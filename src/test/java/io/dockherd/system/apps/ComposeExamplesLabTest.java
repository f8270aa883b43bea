package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.dockherd.system.apps.ComposeExamples.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compose files as people publish them deploy, do what they are for, and leave nothing behind. */
@OnLab
class ComposeExamplesLabTest {
  @Test
  void allComeUpDoWhatTheyAreForAndGoWithoutATrace(LabHerd herd) {
    ExampleImages.make(herd);
    try (LabProjects projects = new LabProjects(herd)) {
      for (List<Example> wave : ComposeExamples.waves()) {
        // All at once, then each until it is there: which also shows that asking twice is no harm.
        wave.forEach(example -> up(projects, example, "--detach"));
        wave.forEach(example -> up(projects, example));
        assertAll(wave.stream().map(example -> () -> check(projects, example)));
        wave.forEach(
            example -> projects.dockherd(1, "down", example.project(), "--detach").wellDone());
        wave.forEach(example -> projects.down(3, example.project()));
      }
    }
  }

  private static void up(LabProjects projects, Example example, String... more) {
    List<String> flags = new ArrayList<>(example.flags());
    flags.addAll(Arrays.asList(more));
    projects.up(2, example.file(), example.project(), flags.toArray(String[]::new)).wellDone();
  }

  private static void check(LabProjects projects, Example example) {
    assertEquals(
        new TreeMap<>(example.running()), projects.running(example.project()), example.project());
    example.check().accept(projects);
  }
}
