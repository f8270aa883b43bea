package io.dockherd.compose.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Golden;
import io.dockherd.compose.yaml.YamlWriter;
import io.dockherd.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compose files in; the project they mean, or everything that is wrong with them, out. */
class ComposeLoaderTest {
  @TestFactory
  List<DynamicTest> files() throws IOException {
    return Golden.tests("compose", ComposeLoaderTest::read);
  }

  private static String read(String text) {
    VirtualFolder folder = new VirtualFolder(text);
    try {
      Composition project = ComposeLoader.load(folder.request(), folder);
      String canonical = YamlWriter.write(project.asFile(), List.of("name"));
      assertEquals(canonical, again(canonical), "what is printed means itself");
      return project.warnings().stream()
              .map(warning -> "# " + warning + "\n")
              .collect(Collectors.joining())
          + canonical;
    } catch (Failure e) {
      return e.explanation();
    }
  }

  private static String again(String canonical) {
    Composition project =
        ComposeLoader.load(
            new VirtualFolder("$ --profile *").request(),
            (file, limit) ->
                Optional.of(canonical)
                    .filter(found -> file.endsWith("compose.yaml"))
                    .map(found -> found.getBytes(StandardCharsets.UTF_8)));
    return YamlWriter.write(project.asFile(), List.of("name"));
  }
}
