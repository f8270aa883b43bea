package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import io.dockherd.node.Settings;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.HerdSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NodeCommandTest {
  @TempDir private Path folder;

  private static Settings settings(Map<String, String> environment, String... flags) {
    NodeCommand command = new NodeCommand();
    new CommandLine(command.spec()).setOverwrittenOptionsAllowed(true).parseArgs(flags);
    Settings settings = command.start().settings(environment);
    List<String> line = Stream.concat(Stream.of("node"), Stream.of(flags)).toList();
    assertEquals(
        settings, NodeStart.read(line).orElseThrow().settings(environment), "without the library");
    return settings;
  }

  @Test
  void flagsVariablesAndFileComeTogether() throws IOException {
    Path file = folder.resolve("conf.json");
    Files.writeString(file, "{\"clusterAddress\": \"deblox\", \"busPort\": 1, \"relayPort\": 1}");
    Settings settings =
        settings(
            Map.of("DOCKHERD_BUS_PORT", "2", "DOCKHERD_RELAY_PORT", "2"),
            "--relay-port=3",
            "--config",
            file.toString());
    assertEquals("deblox", settings.get(HerdSettings.HERD));
    assertEquals(2, settings.get(HerdSettings.BUS_PORT));
    assertEquals(3, settings.get(HerdSettings.RELAY_PORT));
  }

  @Test
  void aSwitchNeedsNoValueButMayHaveOne() {
    assertTrue(settings(Map.of(), "--insecure").get(HerdSettings.INSECURE));
    assertFalse(settings(Map.of(), "--insecure=false").get(HerdSettings.INSECURE));
    assertFalse(
        settings(Map.of("DOCKHERD_INSECURE", "true"), "--insecure=false")
            .get(HerdSettings.INSECURE));
  }

  @Test
  void theLastOfTwoFlagsWinsAndAnEmptyOneTakesAway() {
    assertEquals(2, settings(Map.of(), "--port=1", "--port=2").get(DoorSettings.REST_SERVICE_PORT));
    assertFalse(settings(Map.of(), "--key-file=/k", "--key-file=").isKeyed());
  }

  @Test
  void theOldNamesAreFlagsToo() {
    Settings settings =
        settings(Map.of(), "--cluster-address=deblox", "--hostname=a", "--rest-service-port=1");
    assertEquals("deblox", settings.get(HerdSettings.HERD));
    assertEquals("a", settings.name());
    assertEquals(1, settings.get(DoorSettings.REST_SERVICE_PORT));
  }

  @Test
  void thereIsNoFlagForTheKeyItself() {
    assertThrows(
        CommandLine.UnmatchedArgumentException.class, () -> settings(Map.of(), "--key=secret"));
  }

  @Test
  void whatIsNoPlainStartIsLeftToTheLibrary() {
    List<List<String>> lines =
        List.of(
            List.of(),
            List.of("demo"),
            List.of("node", "--help"),
            List.of("node", "--herdd=x"),
            List.of("node", "--name"),
            List.of("node", "--name", "--insecure"),
            List.of("node", "x"));
    lines.forEach(line -> assertEquals(Optional.empty(), NodeStart.read(line), line.toString()));
  }

  @Test
  void aFileThatIsNoJsonObjectIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("conf.json"), "[1]");
    Invalid wrong = assertThrows(Invalid.class, () -> settings(Map.of(), "-c", file.toString()));
    assertEquals(file.toString(), wrong.subject());
    assertThrows(Invalid.class, () -> settings(Map.of(), "-c", folder.resolve("none").toString()));
  }
}
