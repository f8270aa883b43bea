package io.dockherd.apps.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dockherd.apps.Wanted;
import io.dockherd.compose.loading.ComposeLoader;
import io.dockherd.compose.loading.ComposeRequest;
import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.loading.SourceFiles;
import io.dockherd.compose.model.Content;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compose files as people publish them can be run on the herd, each service and as one pod. */
class ExamplesTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/compose/examples").toAbsolutePath();

  /** Runs on every node, which a pod does not. */
  private static final String EVERYWHERE = "monitoring-on-every-node.yaml";

  private static final SourceFiles DISK =
      (file, limit) ->
          Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();

  @TestFactory
  List<DynamicTest> translate() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      assertEquals(13, all.size());
      return all.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList();
    }
  }

  private static void check(Path file) {
    Composition project =
        ComposeLoader.load(
            new ComposeRequest(
                FOLDER,
                List.of(file),
                Optional.empty(),
                Optional.of("example"),
                List.of("*"),
                List.of(),
                List.of(FOLDER.resolve("shop/shop.env")),
                Map.of()),
            DISK);
    Translation apart = ComposeApps.asServices(project.project(), ExamplesTest::content);
    assertFalse(apart.apps().isEmpty());
    apart.apps().forEach(app -> assertEquals(app, Wanted.of(app.json())));
    if (!file.endsWith(EVERYWHERE)) {
      Translation pod = ComposeApps.asPod(project.project(), ExamplesTest::content);
      assertEquals(1, pod.apps().size());
    }
  }

  private static Buffer content(Content content) {
    try {
      return switch (content) {
        case Content.OfFile file -> Buffer.buffer(Files.readAllBytes(Path.of(file.path())));
        case Content.Inline inline -> Buffer.buffer(inline.text());
        case Content.OfEnvironment variable -> Buffer.buffer();
        case Content.External external -> throw new AssertionError(external);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
