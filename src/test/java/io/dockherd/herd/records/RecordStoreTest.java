package io.dockherd.herd.records;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordStoreTest {
  @TempDir Path parent;

  @Test
  void whatIsSavedIsThereAgain() {
    try (RecordStore store = open()) {
      assertEquals(Map.of(), store.load());
      save(store, "a", "1");
      save(store, "b", "2");
      store.save(List.of("a"), key -> Optional.empty());
      store.note("seen", new JsonObject().put("at", 7));
    }
    try (RecordStore store = open()) {
      assertEquals(List.of("b"), List.copyOf(store.load().keySet()));
      assertArrayEquals("2".getBytes(), store.load().get("b"));
      assertEquals(7, store.note("seen").orElseThrow().getInteger("at"));
    }
  }

  @Test
  void theDirectoryIsForItsOwnerOnly() throws IOException {
    open().close();
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())));
  }

  @Test
  void aSecondProcessIsRefused() {
    try (RecordStore first = open()) {
      Refused refused = assertThrows(Refused.class, this::open);
      assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
      save(first, "a", "1");
    }
  }

  @Test
  void aFileThatLostItsEndGoesBackToWhatIsWhole() throws IOException {
    writeSome();
    try (FileChannel file = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 5000);
    }
    try (RecordStore store = open()) {
      save(store, "more", "x");
    }
    try (RecordStore store = open()) {
      assertTrue(store.load().containsKey("more"));
    }
  }

  @Test
  void aFileOfRubbishIsRefusedWithARemedyAndACopy() throws IOException {
    writeSome();
    byte[] rubbish = new byte[40_000];
    Arrays.fill(rubbish, (byte) 7);
    Files.write(file(), rubbish);
    Refused refused = assertThrows(Refused.class, this::open);
    assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
    assertTrue(refused.remedy().contains("move it away"), refused.remedy());
    assertArrayEquals(rubbish, Files.readAllBytes(Path.of(file() + ".damaged")));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsRefused() throws IOException {
    Files.writeString(parent.resolve("file"), "x");
    assertThrows(Refused.class, () -> RecordStore.open(parent.resolve("file/data")));
  }

  @Test
  void theFileStaysSmallHoweverOftenAKeyIsWritten() throws IOException {
    try (RecordStore store = open()) {
      for (int i = 0; i < 1000; i++) {
        save(store, "k" + i % 10, "v".repeat(1000) + i);
      }
    }
    long size = Files.size(file());
    assertTrue(size < 10 << 20, "10 KB of records in " + size + " bytes");
    try (RecordStore store = open()) {
      assertEquals("v".repeat(1000) + 999, new String(store.load().get("k9")));
    }
  }

  @Test
  void noStoreKeepsNotesOnly() {
    try (RecordStore store = RecordStore.none()) {
      save(store, "a", "1");
      store.note("seen", new JsonObject().put("at", 7));
      assertEquals(Map.of(), store.load());
      assertEquals(7, store.note("seen").orElseThrow().getInteger("at"));
    }
  }

  private void writeSome() {
    try (RecordStore store = open()) {
      for (int i = 0; i < 50; i++) {
        save(store, "k" + i, "v".repeat(500));
      }
    }
  }

  private static void save(RecordStore store, String key, String value) {
    store.save(List.of(key), k -> Optional.of(value.getBytes()));
  }

  private RecordStore open() {
    return RecordStore.open(directory());
  }

  private Path directory() {
    return parent.resolve("data");
  }

  private Path file() {
    return directory().resolve("records.mv");
  }
}
