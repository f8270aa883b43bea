package io.dockherd.compose.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.compose.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of any files merged: random ones, of every kind of rule. */
class MergeTest {
  private static final Path FOLDER = Path.of("/p");

  /** Key → values it may have; each in a short and a long form where there are two. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "environment", List.of("{A: 1}", "[A=2, B=3]", "{C: x, A: y}"),
          "ports", List.of("['80:80']", "[{target: 80, published: 80}, 81]", "['80:80/udp']"),
          "volumes", List.of("['/a:/x']", "[{type: bind, source: /b, target: /x}]", "['/c:/y:ro']"),
          "command", List.of("one two", "[three]", "''"),
          "dns", List.of("1.1.1.1", "[1.1.1.1, 2.2.2.2]"),
          "depends_on", List.of("[db]", "{db: {condition: service_healthy}}"),
          "security_opt", List.of("[a]", "[b, a]"),
          "healthcheck", List.of("{test: x, interval: 1s}", "{test: [CMD, y]}", "{retries: 2}"),
          "logging", List.of("{driver: a, options: {k: v}}", "{options: {l: w}}", "{driver: b}"),
          "ulimits", List.of("{nofile: 5}", "{nofile: {soft: 1, hard: 2}}"));

  private static String file(Random random) {
    StringBuilder file =
        new StringBuilder("services:\n  db: {image: x}\n  web:\n    image: busybox:");
    file.append(random.nextInt(3)).append('\n');
    KEYS.keySet().stream()
        .sorted()
        .filter(key -> random.nextBoolean())
        .forEach(
            key -> {
              List<String> values = KEYS.get(key);
              String value = values.get(random.nextInt(values.size()));
              file.append("    ").append(key).append(": ").append(value).append('\n');
            });
    return file.toString();
  }

  private static String merged(String... files) {
    List<Path> names = new ArrayList<>();
    for (int i = 0; i < files.length; i++) {
      names.add(Path.of(i + ".yaml"));
    }
    Composition project =
        ComposeLoader.load(
            ComposeRequest.of(FOLDER, names.toArray(Path[]::new)),
            (file, limit) ->
                Optional.of(file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> files[Integer.parseInt(name.replace(".yaml", ""))])
                    .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    return YamlWriter.write(project.asFile(), List.of("name"));
  }

  @Test
  void whichTwoAreMergedFirstMakesNoDifference() {
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      String a = file(random);
      String b = file(random);
      String c = file(random);
      String all = merged(a, b, c);
      String files = a + "---\n" + b + "---\n" + c;
      assertEquals(all, merged(merged(a, b), c), files);
      assertEquals(all, merged(files), files);
    }
  }

  @Test
  void anEmptyFileChangesNothing() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      String a = file(random);
      assertEquals(merged(a), merged(a, "services: {}\n"), a);
      assertEquals(merged(a), merged("x-nothing: \n", a).replace("x-nothing: null\n", ""), a);
    }
  }

  @Test
  void whatIsOverriddenIsAsIfNothingHadBeenBefore() {
    Random random = new Random(6);
    for (int i = 0; i < 100; i++) {
      String a = file(random);
      String b = file(random);
      assertEquals(merged(b), merged(a, b.replace("  web:\n", "  web: !override\n")), a + b);
    }
  }
}
