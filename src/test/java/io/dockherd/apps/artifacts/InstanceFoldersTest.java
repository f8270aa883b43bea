package io.dockherd.apps.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Artifact;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceFoldersTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final AppPath APP = new AppPath("/shop/web");
  private static final InstanceId ONE = InstanceId.of("1-aaaaaaaa");
  private static final InstanceId TWO = InstanceId.of("2-bbbbbbbb");

  @TempDir Path data;
  private final Fetcher writing =
      (artifact, folder, limit) -> {
        if (artifact.uri().equals("dead")) {
          throw new NotFound("dead", "dead can't be fetched", "");
        }
        try {
          Files.writeString(folder.resolve(artifact.uri()), "x");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };

  private InstanceFolders folders() {
    return new InstanceFolders(Optional.of(data.resolve("instances")), "", writing);
  }

  private static List<Artifact> artifacts(String... uris) {
    return List.of(uris).stream().map(uri -> new Artifact(uri, false, false, false, "")).toList();
  }

  @Test
  void eachInstanceHasItsOwnWhichNobodyElseReads() throws IOException {
    InstanceFolders folders = folders();
    Path one = folders.fill(APP, ONE, artifacts("a", "b"), LIMIT);
    Path two = folders.fill(APP, TWO, artifacts("a"), LIMIT);
    assertTrue(Files.exists(one.resolve("b")));
    assertFalse(Files.exists(two.resolve("b")));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
    folders.fill(APP, ONE, artifacts("c"), LIMIT);
    assertFalse(Files.exists(one.resolve("a")), "it begins empty");
    assertThrows(NotFound.class, () -> folders.fill(APP, ONE, artifacts("dead"), LIMIT));
    folders.remove(APP, ONE);
    assertEquals(Set.of(InstanceFolders.name(APP, TWO)), folders.names());
  }

  @Test
  void whatIsNotedIsFoundByTheNextProcess() {
    folders().note(APP, ONE, new JsonObject().put("phase", "failed"));
    folders().note(APP, ONE, new JsonObject().put("phase", "finished"));
    assertEquals(Optional.of(new JsonObject().put("phase", "finished")), folders().noted(APP, ONE));
    assertEquals(Optional.empty(), folders().noted(APP, TWO));
    assertEquals(Set.of(InstanceFolders.name(APP, ONE)), folders().names());
    folders().remove(InstanceFolders.name(APP, ONE));
    assertEquals(Set.of(), folders().names());
  }

  @Test
  void aLinkInItIsRemovedAndNotWhatItLeadsTo() throws IOException {
    Path precious = Files.createDirectories(data.resolve("precious"));
    Files.writeString(precious.resolve("x"), "x");
    InstanceFolders folders = folders();
    Path one = folders.fill(APP, ONE, artifacts(), LIMIT);
    Files.createSymbolicLink(one.resolve("link"), precious);
    folders.remove(APP, ONE);
    assertFalse(Files.exists(one));
    assertTrue(Files.exists(precious.resolve("x")));
  }

  @Test
  void withoutADataDirectoryThereIsATemporaryOneThatTheNextProcessTakesOver() throws IOException {
    // In the place of the node's name: one that no other test has.
    String name = "dockherd-test/" + data.getFileName();
    Path root;
    try (InstanceFolders folders = new InstanceFolders(Optional.empty(), name, writing)) {
      assertEquals(Set.of(), folders.names());
      assertEquals(Optional.empty(), folders.noted(APP, ONE));
      Path one = folders.fill(APP, ONE, artifacts("a"), LIMIT);
      assertTrue(Files.exists(one.resolve("a")));
      folders.note(APP, ONE, new JsonObject().put("phase", "failed"));
      root = one.getParent();
      try (InstanceFolders other = new InstanceFolders(Optional.empty(), name, writing)) {
        assertEquals(Set.of(), other.names(), "it is in use");
        Path elsewhere = other.fill(APP, ONE, artifacts(), LIMIT).getParent();
        assertFalse(elsewhere.equals(root));
        other.remove(APP, ONE);
        Files.delete(elsewhere.resolve(".lock"));
        Files.delete(elsewhere);
      }
    }
    try (InstanceFolders next = new InstanceFolders(Optional.empty(), name, writing)) {
      assertEquals(Set.of(InstanceFolders.name(APP, ONE)), next.names());
      assertTrue(next.noted(APP, ONE).isPresent());
      assertTrue(Files.exists(next.of(APP, ONE).resolve("a")));
      next.remove(APP, ONE);
      assertEquals(Set.of(), next.names());
    }
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (InstanceFolders wary = new InstanceFolders(Optional.empty(), name, writing)) {
      assertEquals(Set.of(), wary.names());
      Path own = wary.of(APP, ONE).getParent();
      assertFalse(own.equals(root), "who may write there is not to be believed");
      Files.delete(own.resolve(".lock"));
      Files.delete(own);
    }
    Files.delete(root.resolve(".lock"));
    Files.delete(root);
  }
}
