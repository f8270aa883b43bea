package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "nodes://a:1,b:2 => a:1 b:2",
        "a:1,b:2 => a:1 b:2",
        "nodes://a:1, ,a:1 => a:1",
        "nodes://10.0.0.[1:3]:2375 => 10.0.0.1:2375 10.0.0.2:2375 10.0.0.3:2375",
        "192.168.1.2:[2:4]375 => 192.168.1.2:2375 192.168.1.2:3375 192.168.1.2:4375",
        "10.0.[0:1].[1:2]:9 => 10.0.0.1:9 10.0.0.2:9 10.0.1.1:9 10.0.1.2:9",
        "nodes://[fd00::1]:2375 => fd00::1:2375",
      })
  void enginesAreListedAsPeopleWriteThem(String url, String engines) {
    assertEquals(engines, text(Roster.of(url, Map.of()).read()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nodes://a", "6856663cdefdec325839a4b7e1de38e8", "a:x", "a:0", "fd00::1:1"})
  void aBadEntryOfAFixedListIsRefused(String url) {
    String words = assertThrows(Invalid.class, () -> Roster.of(url, Map.of())).explanation();
    assertTrue(
        words.contains("please check you are using the correct discovery (missing token:// ?)"),
        words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token://6856", "carrier-pigeon://a:1"})
  void otherServicesAreNot(String url) {
    String words = assertThrows(Invalid.class, () -> Roster.of(url, Map.of())).explanation();
    assertTrue(words.contains("discovery service not supported"), words);
  }

  @Test
  void aFileIsReadAnewEachTime() throws IOException {
    Path file = folder.resolve("engines");
    Roster roster = Roster.of("file://" + file, Map.of());
    assertThrows(Invalid.class, roster::read);
    Files.writeString(file, "# ours\n\na:1 # the first\n10.0.0.[1:2]:2375\n");
    assertEquals("a:1 10.0.0.1:2375 10.0.0.2:2375", text(roster.read()));
    Files.writeString(file, "b:2\n");
    assertEquals("b:2", text(roster.read()));
  }

  private static String text(List<HostPort> engines) {
    return engines.stream()
        .map(engine -> engine.host() + ":" + engine.port())
        .collect(Collectors.joining(" "));
  }
}
