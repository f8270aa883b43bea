package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.KeyFile;
import io.dockherd.herd.keys.Role;
import io.dockherd.herd.keys.Rotation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What an operator does with keys and certificates, and what is said to him. */
class KeyCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int execute(Object... arguments) {
    out.getBuffer().setLength(0);
    errors.getBuffer().setLength(0);
    CommandLine commands = CommandTree.build();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(errors, true));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return commands.execute(words);
  }

  private Path newKey() {
    Path file = folder.resolve("herd.pem");
    assertEquals(0, execute("key", "new", file), errors::toString);
    return file;
  }

  @Test
  void aNewKeyIsReadableByItsOwnerOnlyAndNeverOverwritten() throws IOException {
    Path file = newKey();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String before = Files.readString(file);
    assertEquals(1, execute("key", "new", file));
    assertTrue(errors.toString().contains("exists already"), errors::toString);
    assertEquals(before, Files.readString(file));
  }

  @Test
  void aNewKeyGoesToStandardOutputAndNothingElseDoes() {
    assertEquals(0, execute("key", "new", "-"));
    assertEquals(out.toString(), HerdKey.parse(out.toString()).check().toPem());
  }

  @Test
  void showingAKeyShowsNothingSecret() {
    Path file = newKey();
    HerdKey key = KeyFile.read(file);
    assertEquals(0, execute("key", "show", file));
    String shown = out.toString();
    assertFalse(shown.contains("PRIVATE"), shown);
    for (Role role : Role.values()) {
      assertTrue(shown.contains(key.signer(role).fingerprint()), shown);
    }
    assertTrue(shown.contains("generation " + key.generations().getFirst().name() + " signs"));
  }

  @Test
  void aRotationIsThreeStepsInOrder() {
    Path file = newKey();
    assertEquals(1, execute("key", "rotate", "--sign", file), "no step before the first");
    assertTrue(errors.toString().contains("--add"), errors::toString);

    assertEquals(0, execute("key", "rotate", "--add", file));
    assertEquals(Rotation.ADDED, KeyFile.read(file).rotation());
    assertTrue(out.toString().contains("--sign"), "what comes next");
    assertEquals(1, execute("key", "rotate", "--add", file), "no step twice");
    assertEquals(1, execute("key", "rotate", "--drop", file), "no step left out");

    assertEquals(0, execute("key", "show", file));
    assertTrue(out.toString().contains("is trusted, signs nothing"), out::toString);

    assertEquals(0, execute("key", "rotate", "--sign", file));
    assertEquals(Rotation.SIGNING, KeyFile.read(file).rotation());
    assertEquals(0, execute("key", "rotate", "--drop", file));
    assertEquals(Rotation.NONE, KeyFile.read(file).rotation());
    assertEquals(2, execute("key", "rotate", file), "which step?");
    assertEquals(2, execute("key", "rotate", "--add", "--sign", file), "one step at a time");
  }

  @Test
  void aRotationCanLeaveTheOldFileAlone() {
    Path file = newKey();
    Path next = folder.resolve("next.pem");
    assertEquals(0, execute("key", "rotate", "--add", file, "--out", next));
    assertEquals(Rotation.NONE, KeyFile.read(file).rotation());
    assertEquals(Rotation.ADDED, KeyFile.read(next).rotation());
    assertEquals(1, execute("key", "rotate", "--add", file, "--out", next), "is not overwritten");
    assertEquals(0, execute("key", "rotate", "--add", file, "--out", "-"));
    assertEquals(Rotation.ADDED, HerdKey.parse(out.toString()).rotation());
  }

  @Test
  void aKeyThatOthersCanReadIsRefusedWithTheRemedy() throws IOException {
    Path file = newKey();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    for (Object[] command :
        new Object[][] {
          {"key", "show", file},
          {"key", "rotate", "--add", file},
          {"cert", "alice", "--key-file", file, "--out", folder.resolve("alice")}
        }) {
      assertEquals(1, execute(command));
      assertTrue(errors.toString().contains("chmod 600 " + file), errors::toString);
    }
    assertFalse(Files.exists(folder.resolve("alice")));
  }

  @Test
  void daysThatMakeNoSenseAreRefused() {
    assertEquals(2, execute("key", "new", "--days", "0", "-"));
    assertEquals(2, execute("key", "new", "--days", "999999", "-"));
  }

  @Test
  void aCertificateIsThreeFilesOfWhichOneIsSecret() throws IOException {
    Path alice = folder.resolve("alice");
    Path file = newKey();
    assertEquals(0, execute("cert", "alice", "--key-file", file, "--out", alice));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(alice.resolve("key.pem"))));
    assertTrue(Files.readString(alice.resolve("cert.pem")).startsWith("-----BEGIN CERTIFICATE"));
    assertEquals(
        KeyFile.read(file).trustedPem(Role.CLIENTS), Files.readString(alice.resolve("ca.pem")));

    String before = Files.readString(alice.resolve("key.pem"));
    assertEquals(1, execute("cert", "alice", "--key-file", file, "--out", alice));
    assertTrue(errors.toString().contains("--force"), errors::toString);
    assertEquals(before, Files.readString(alice.resolve("key.pem")));
    assertEquals(0, execute("cert", "alice", "--key-file", file, "--out", alice, "--force"));
    assertFalse(before.equals(Files.readString(alice.resolve("key.pem"))));
  }

  @Test
  void aClientsNameCannotClimbOutOfAnything() {
    Path file = newKey();
    for (String name : new String[] {"../x", "a/b", ".x", "", "a b", "a\nb", "x".repeat(65)}) {
      assertEquals(1, execute("cert", name, "--key-file", file), name);
      assertTrue(errors.toString().contains("can't be a client's name"), errors::toString);
    }
  }
}
