package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedLineTest {
  @Test
  void theSeedsStartLineIsTheNodeCommand() {
    assertEquals(
        List.of("node", "--config=conf.json", "--address=host.example"),
        SeedLine.translate("-conf", "conf.json", "-cluster", "-cluster-host", "host.example"));
    assertEquals(
        List.of("node", "--bus-port=15701"),
        SeedLine.translate("-cluster", "-cluster-port", "15701"));
  }

  @Test
  void newFlagsMayFollow() {
    assertEquals(
        List.of("node", "--config=c.json", "--insecure"),
        SeedLine.translate("-conf", "c.json", "--insecure"));
    assertEquals(
        List.of("node", "--config=c.json", "--data-dir", "none", "--insecure"),
        SeedLine.translate("-conf", "c.json", "--data-dir", "none", "-cluster", "--insecure"));
  }

  @Test
  void everythingElseStaysAsItIs() {
    assertEquals(List.of(), SeedLine.translate());
    assertEquals(List.of("node", "-c", "x"), SeedLine.translate("node", "-c", "x"));
    assertEquals(List.of("--help"), SeedLine.translate("--help"));
  }

  @Test
  void anOptionWithoutCounterpartIsNamed() {
    Invalid wrong =
        assertThrows(Invalid.class, () -> SeedLine.translate("-cluster", "-instances", "2"));
    assertEquals("-instances", wrong.subject());
    assertThrows(Invalid.class, () -> SeedLine.translate("-conf"));
    assertThrows(Invalid.class, () -> SeedLine.translate("-cluster", "--port=1", "stray"));
  }
}
