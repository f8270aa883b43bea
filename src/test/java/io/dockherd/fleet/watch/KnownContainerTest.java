package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownContainerTest {
  private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
  private static final ContainerStatus RUNNING =
      new ContainerStatus("running", NOW.minusSeconds(300).toEpochMilli(), 0, 0, "", "");

  private static JsonObject entry(String id) {
    return new JsonObject()
        .put("Id", id)
        .put("Names", new JsonArray().add("/wéb").add("/other/alias"))
        .put("Image", "busybox")
        .put("Labels", new JsonObject().put("note", "a \"Status\":\"x\" in quotes"))
        .put("State", "running")
        .put("Status", "Up 4 minutes")
        .put("Mounts", new JsonArray());
  }

  @Test
  void readsBackAsTheEnginesEntryWithTheStatusOfTheMoment() {
    KnownContainer known = KnownContainer.of(KnownContainer.fact(entry("4f1"), RUNNING, 42));
    assertEquals(entry("4f1").put("Status", "Up 5 minutes"), known.summary(NOW));
    assertEquals(
        List.copyOf(entry("4f1").fieldNames()), List.copyOf(known.summary(NOW).fieldNames()));
    assertEquals("4f1", known.id());
    assertEquals(List.of("wéb"), known.names());
    assertEquals(42, known.createdNanos());
  }

  @Test
  void aListIsOneJsonArray() {
    KnownContainer one = KnownContainer.of(KnownContainer.fact(entry("4f1"), RUNNING, 42));
    KnownContainer two =
        KnownContainer.of(
            KnownContainer.fact(
                entry("4f2"), new ContainerStatus("odd", 0, 0, 0, "", "Üp \"\\\n"), 43));
    JsonArray list = KnownContainer.list(List.of(two, one), NOW).toJsonArray();
    assertEquals(
        new JsonArray()
            .add(entry("4f2").put("State", "odd").put("Status", "Üp \"\\\n"))
            .add(entry("4f1").put("Status", "Up 5 minutes")),
        list);
    assertEquals(Buffer.buffer("[]"), KnownContainer.list(List.of(), NOW));
  }

  @Test
  void anEntryWithoutStatusOrNamesReadsToo() {
    JsonObject bare = new JsonObject().put("Id", "4f1").putNull("Labels").putNull("Names");
    KnownContainer known = KnownContainer.of(KnownContainer.fact(bare, RUNNING, 1));
    assertEquals("Up 5 minutes", known.summary(NOW).getString("Status"));
    assertEquals(List.of(), known.names());
  }
}
