package io.dockherd.herd.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final HerdKey KEY =
      HerdKey.create(Instant.parse("2026-11-20T12:00:00Z"), Generation.VALIDITY);

  @TempDir private Path folder;

  private Path keyFile() {
    Path file = folder.resolve("herd.pem");
    SecretFile.create(file, KEY.toPem());
    return file;
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aKeyIsWrittenForItsOwnerOnlyAndReadAgain() throws IOException {
    Path file = keyFile();
    assertEquals("rw-------", mode(file));
    assertEquals(KEY.generations(), KeyFile.read(file).generations());
  }

  @Test
  void aKeyThatOthersCanReadOrChangeIsRefusedWithTheRemedy() throws IOException {
    Path file = keyFile();
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw---x---")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      Refused refused = assertThrows(Refused.class, () -> KeyFile.read(file), mode);
      assertEquals("run: chmod 600 " + file, refused.remedy());
    }
    for (String mode : List.of("r--------", "rwx------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertEquals(KEY.generations(), KeyFile.read(file).generations(), mode);
    }
  }

  @Test
  void whatIsNoKeyIsSaidSo() throws IOException {
    assertThrows(NotFound.class, () -> KeyFile.read(folder.resolve("nothing")));
    assertThrows(Failure.class, () -> KeyFile.read(folder));
    assertThrows(Failure.class, () -> KeyFile.read(Path.of("/dev/zero")));
    Path binary = folder.resolve("binary");
    SecretFile.create(binary, "");
    Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThrows(Invalid.class, () -> KeyFile.read(binary));
    Path huge = folder.resolve("huge");
    SecretFile.create(huge, "#".repeat(70_000));
    assertThrows(Invalid.class, () -> KeyFile.read(huge));
  }

  @Test
  void nothingIsOverwrittenByCreating() {
    Path file = keyFile();
    assertThrows(Conflict.class, () -> SecretFile.create(file, "other"));
    assertEquals(KEY.generations(), KeyFile.read(file).generations());
  }

  @Test
  void replacingKeepsLinksAndLeavesNothingBehind() throws IOException {
    Path file = keyFile();
    Path link = Files.createSymbolicLink(folder.resolve("link.pem"), file);
    SecretFile.replace(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(file));
    assertEquals("rw-------", mode(file));
    try (var left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void theEnvironmentGivesTheKeyOrItsFile() {
    assertEquals(Optional.empty(), KeyFile.fromEnvironment(Map.of()));
    assertEquals(
        KEY.generations(),
        KeyFile.fromEnvironment(Map.of("DOCKHERD_KEY", KEY.toPem())).orElseThrow().generations());
    assertEquals(
        KEY.generations(),
        KeyFile.fromEnvironment(Map.of("DOCKHERD_KEY_FILE", keyFile().toString()))
            .orElseThrow()
            .generations());
    assertThrows(
        Invalid.class,
        () -> KeyFile.fromEnvironment(Map.of("DOCKHERD_KEY", "x", "DOCKHERD_KEY_FILE", "y")));
  }
}
