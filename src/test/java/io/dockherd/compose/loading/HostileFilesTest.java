package io.dockherd.compose.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files made to hurt are refused with a word, and before they cost much. */
class HostileFilesTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String WEB = "services:\n  web:\n    image: busybox\n";

  private static String refused(Map<String, byte[]> files) {
    SourceFiles sources =
        (file, limit) -> Optional.ofNullable(files.get(Path.of("/p").relativize(file).toString()));
    return assertTimeoutPreemptively(
        SOON,
        () ->
            assertThrows(
                    Invalid.class,
                    () ->
                        ComposeLoader.load(
                            ComposeRequest.of(Path.of("/p"), Path.of("compose.yaml")), sources))
                .explanation());
  }

  private static String refused(String text) {
    return refused(Map.of("compose.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
  }

  private static void assertSays(String expected, String explanation) {
    assertTrue(explanation.contains(expected), explanation);
    assertTrue(explanation.length() < 60_000, () -> explanation.length() + " characters");
  }

  @Test
  void aBombOfAliases() {
    String bomb =
        "x-0: &a0 [lol]\n"
            + lines(30, i -> "x-" + (i + 1) + ": &a" + (i + 1) + " [*a" + i + ", *a" + i + "]\n");
    assertSays("more than the 100000 nodes allowed", refused(bomb + WEB));
  }

  @Test
  void aBombOfMergeKeys() {
    String bomb =
        "x-0: &a0 {k: {a: 1}}\n"
            + lines(
                30, i -> "x-" + (i + 1) + ": &a" + (i + 1) + " {l: *a" + i + ", m: *a" + i + "}\n");
    assertSays("more than the 100000 nodes allowed", refused(bomb + WEB));
  }

  @Test
  void anAliasOfItself() {
    assertSays("would contain itself", refused("x-a: &a [*a]\n" + WEB));
  }

  @Test
  void anAliasOfNothing() {
    assertSays("names no anchor", refused("x-a: *nothing\n" + WEB));
  }

  @Test
  void nodesWithinNodes() {
    assertSays("100 deep", refused("x-a: " + "[".repeat(1_000_000)));
    assertSays("100 deep", refused("x-a: " + "{a: ".repeat(500_000)));
    assertSays("100 deep", refused(lines(2000, i -> " ".repeat(i) + "a:\n")));
  }

  @Test
  void aFileThatIsTooLong() {
    assertSays("bytes, more than", refused(WEB + "# " + "x".repeat(5 << 20)));
  }

  @Test
  void bytesThatAreNoText() {
    assertSays("not UTF-8", refused(Map.of("compose.yaml", new byte[] {'a', (byte) 0xC3, 0x28})));
    assertSays("U+0000", refused("services:\n  we\0b:\n"));
    assertSays("compose.yaml:2:5", refused("services:\n  we\u001b[31mb: {}\n"));
  }

  @Test
  void namesThatCommandATerminal() {
    String said = refused(WEB + "    \"\\e[2J\\a\": 1\n");
    assertTrue(said.chars().noneMatch(c -> c == 0x1b || c == 7), said);
  }

  @Test
  void keysAndTextsWithoutEnd() {
    assertSays("is not a key", refused(WEB + "    ? " + "k".repeat(1 << 20) + "\n    : 1\n"));
    assertSays("has to be", refused(WEB + "    restart: " + "n".repeat(3 << 20) + "\n"));
    assertSays("has to be", refused(WEB + "    ports: [\"" + "1".repeat(3 << 20) + "\"]\n"));
    assertSays("has to be", refused(WEB + "    volumes: [\"" + ":a".repeat(1 << 20) + "\"]\n"));
    assertSays("has to be", refused(WEB + "    mem_limit: " + "9".repeat(1 << 20) + "\n"));
    assertSays(
        "has to be", refused(WEB + "    stop_grace_period: " + "1s".repeat(1 << 20) + "x\n"));
  }

  @Test
  void manyUnknownKeysAreNotAllExplained() {
    String said = refused(WEB + lines(30_000, i -> "    imag" + i + ": 1\n"));
    assertSays("30000 things are wrong", said);
    assertSays("and 29950 more", said);
  }

  @Test
  void rangesOfPorts() {
    assertSays(
        "more ports than a project may have",
        refused(WEB + "    ports:\n" + lines(10_000, i -> "      - \"1-60000\"\n")));
  }

  @Test
  void variablesWithinVariables() {
    assertSays("too deep", refused(WEB + "    hostname: \"" + "${A:-".repeat(100_000) + "\"\n"));
    assertSays(
        "no '}' ends it", refused(WEB + "    hostname: \"${A:-" + "{".repeat(100_000) + "\"\n"));
  }

  @Test
  void variablesThatDouble() {
    String doubling =
        "V0=0123456789\n" + lines(40, i -> "V" + (i + 1) + "=$V" + i + "$V" + i + "\n");
    assertSays("longer than", refused(files(WEB, doubling)));
    String many = lines(17, i -> "V" + (i + 1) + "=$V" + i + "$V" + i + "\n");
    String wide = "V0=01234567\n" + many + lines(5000, i -> "W" + i + "=$V16\n");
    assertSays("too long", refused(files(WEB, wide)));
    String used = "V0=01234567\n" + many;
    assertSays(
        "too long",
        refused(files(WEB + "    command:\n" + lines(5000, i -> "      - $V16\n"), used)));
  }

  private static Map<String, byte[]> files(String compose, String env) {
    return Map.of(
        "compose.yaml",
        compose.getBytes(StandardCharsets.UTF_8),
        ".env",
        env.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void includesThatFanOut() {
    Map<String, byte[]> files =
        IntStream.range(0, 60)
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> i == 0 ? "compose.yaml" : "f" + i + ".yaml",
                    i ->
                        ("include: [f" + (i + 1) + ".yaml, f" + (i + 1) + ".yaml]\n" + WEB)
                            .getBytes(StandardCharsets.UTF_8)));
    files.put("f60.yaml", WEB.getBytes(StandardCharsets.UTF_8));
    assertSays("more than 1000 times", refused(files));
  }

  @Test
  void manyDocumentsOfOneFileAreCountedTogether() {
    String half = "x-a: [" + "a,".repeat(60_000) + "a]\n";
    assertSays("more than the 100000 nodes allowed", refused(WEB + half + "---\n" + half));
  }

  @Test
  void aListWithoutEndIsRefusedBeforeItIsRead() {
    assertSays("compose.yaml:4:", refused(WEB + "x-a: [" + "a,".repeat(2_000_000) + "a]\n"));
  }

  @Test
  void manyFilesAreCountedTogether() {
    byte[] large = ("x-a: [" + "a,".repeat(9_000) + "a]\n").getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> files =
        IntStream.range(0, 20)
            .boxed()
            .collect(Collectors.toMap(i -> "f" + i + ".yaml", i -> large));
    files.put(
        "compose.yaml",
        ("include:\n" + lines(20, i -> "  - f" + i + ".yaml\n") + WEB)
            .getBytes(StandardCharsets.UTF_8));
    assertSays("more than the 100000 nodes allowed", refused(files));
    files.put(
        "compose.yaml",
        ("include:\n" + lines(20, i -> "  - f0.yaml\n") + WEB).getBytes(StandardCharsets.UTF_8));
    assertSays("more than the 100000 nodes allowed", refused(files));
  }

  @Test
  void longFilesAreCountedTogether() {
    byte[] large = ("# " + "x".repeat(3 << 20)).getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> files =
        IntStream.range(0, 3).boxed().collect(Collectors.toMap(i -> "f" + i + ".yaml", i -> large));
    files.put(
        "compose.yaml",
        ("include: [f0.yaml, f1.yaml, f2.yaml]\n" + WEB).getBytes(StandardCharsets.UTF_8));
    assertSays("bytes of YAML allowed", refused(files));
  }

  @Test
  void aLargeServiceThatManyExtend() {
    String base = "  base:\n    environment:\n" + lines(2_000, i -> "      V" + i + ": 1\n");
    String many = lines(5_000, i -> "  s" + i + ": {image: b, extends: base}\n");
    assertSays("more than the 100000 nodes allowed", refused("services:\n" + base + many));
  }

  @Test
  void pathsThatCantBe() {
    String said =
        refused(
            WEB
                + "    env_file: \"a\\0b\"\n    build: \"c\\0d\"\n"
                + "    volumes: [{type: bind, source: \"/e\\0f\", target: /x}]\n"
                + "include: \"g\\0h\"\n");
    assertSays("4 things are wrong", said);
    assertSays("env_file", said);
    assertSays("services.web.build", said);
    assertSays("names a source that can't be a path", said);
    assertSays("include", said);
  }

  @Test
  void aChainOfExtends() {
    String chain = lines(10_000, i -> "  s" + i + ": {extends: s" + (i + 1) + "}\n");
    assertSays(
        "extend each other here", refused("services:\n" + chain + "  s10000: {image: busybox}\n"));
  }

  @Test
  void aLongCircleOfDependencies() {
    String circle =
        lines(10_000, i -> "  s" + i + ": {image: b, depends_on: [s" + (i + 1) % 10_000 + "]}\n");
    assertSays("in a circle", refused("services:\n" + circle));
  }

  @Test
  void manyNamesOfOneKind() {
    String many = lines(45_000, i -> "  v" + i + ":\n");
    String said = refused("volumes:\n" + many + WEB + "    image2: x\n");
    assertSays("image2", said);
    String networks = lines(90_000, i -> "      - n" + i + "\n");
    assertSays("is not declared", refused(WEB + "    networks:\n" + networks));
  }

  @Test
  void aFileThatCannotBeRead() {
    SourceFiles broken =
        (file, limit) -> {
          throw new IOException("disk on fire");
        };
    Invalid failure =
        assertThrows(
            Invalid.class,
            () -> ComposeLoader.load(ComposeRequest.of(Path.of("/p"), Path.of("c.yaml")), broken));
    assertTrue(failure.explanation().contains("disk on fire"), failure.explanation());
    assertEquals(".env", failure.subject());
  }
}
