package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The docker command and images that no registry knows. */
@OnLab
class ImagesWithoutARegistryLabTest {
  @TempDir private Path folder;

  @Test
  void whatIsBuiltOnOneHostRunsOnAnotherAndIsRenewedWithItsName(LabHerd herd) {
    build(herd, "host-1", "echo one > /word");
    String listed =
        docker(herd, 2, "images", "--filter", "node=host-1", "--format", "{{.Repository}}");
    assertTrue(listed.contains("built"), listed);
    assertEquals("", ImageFiles.id(herd.host(3), "built:1"));
    assertEquals("one", run(herd, 2, "host-3"));
    assertEquals(ImageFiles.id(herd.host(1), "built:1"), ImageFiles.id(herd.host(3), "built:1"));
    assertEquals("", ImageFiles.id(herd.host(2), "built:1"), "nobody wanted it there");

    build(herd, "host-2", "echo two > /word");
    assertEquals("two", run(herd, 1, "host-3"));
    assertEquals("two", run(herd, 1, "host-1"));

    docker(herd, 3, "tag", "built:1", "docker.io/library/renamed");
    for (int host = 1; host <= 3; host++) {
      assertEquals(
          ImageFiles.id(herd.host(host), "built:1"),
          ImageFiles.id(herd.host(host), "renamed:latest"));
    }
    docker(herd, 1, "rmi", "renamed");
    assertEquals("", ImageFiles.id(herd.host(3), "renamed:latest"));
    assertNotEquals("", ImageFiles.id(herd.host(3), "built:1"));
    assertTrue(docker(herd, 1, "history", "built:1").contains("echo two"));
  }

  @Test
  void whatIsSavedFromOneHostIsLoadedOnAll(LabHerd herd) {
    build(herd, "host-1", "echo one > /word");
    Path saved = folder.resolve("built.tar");
    docker(herd, 3, "save", "-o", saved.toString(), "built:1");
    String id = ImageFiles.id(herd.host(1), "built:1");
    docker(herd, 2, "rmi", "built:1");
    assertEquals("", ImageFiles.id(herd.host(1), "built:1"));
    String told = docker(herd, 2, "load", "-i", saved.toString());
    assertTrue(told.contains("host-3: Loaded image: built:1"), told);
    assertTrue(told.contains("load: done at 3 of 3 nodes"), told);
    for (int host = 1; host <= 3; host++) {
      assertEquals(id, ImageFiles.id(herd.host(host), "built:1"));
    }
  }

  @Test
  void aPullWithoutARegistryBringsItToAllFromWhereItIs(LabHerd herd) {
    build(herd, "host-2", "echo one > /word");
    String told = docker(herd, 1, "pull", "built:1");
    assertTrue(told.contains("from host-2"), told);
    String id = ImageFiles.id(herd.host(2), "built:1");
    assertEquals(id, ImageFiles.id(herd.host(1), "built:1"));
    assertEquals(id, ImageFiles.id(herd.host(3), "built:1"));

    Invocation again = ImageFiles.docker(herd, 1, "pull", "built:1");
    assertEquals(1, again.exitCode(), again.output());
    Invocation nowhere = ImageFiles.docker(herd, 1, "pull", "nobody-has-this");
    assertEquals(1, nowhere.exitCode(), nowhere.output());
  }

  @Test
  void anImportIsTheSameImageEverywhere(LabHerd herd) {
    Path word = ImageFiles.context(folder, "word");
    Path tar = folder.resolve("root.tar");
    Invocation.run("tar", "-C", word.toString(), "-cf", tar.toString(), "Dockerfile");
    docker(herd, 2, "import", tar.toString(), "imported:1");
    String id = ImageFiles.id(herd.host(2), "imported:1");
    assertNotEquals("", id);
    assertEquals(id, ImageFiles.id(herd.host(1), "imported:1"));
    assertEquals(id, ImageFiles.id(herd.host(3), "imported:1"));
  }

  @Test
  void severalThatWantOneImageAtOnceAllGetIt(LabHerd herd) throws Exception {
    ImageFiles.context(folder, "FROM busybox", "RUN head -c 30000000 /dev/urandom > /bytes");
    docker(
        herd,
        1,
        "build",
        "--build-arg",
        "constraint:node==host-1",
        "-t",
        "built:1",
        folder.toString());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> runs = new ArrayList<>();
      for (String node : List.of("host-2", "host-3", "host-3", "host-2")) {
        runs.add(
            threads.submit(
                () ->
                    docker(
                        herd,
                        1,
                        "run",
                        "--rm",
                        "-e",
                        "constraint:node==" + node,
                        "built:1",
                        "stat",
                        "-c",
                        "%s",
                        "/bytes")));
      }
      for (Future<String> each : runs) {
        assertEquals("30000000", each.get().strip());
      }
    }
  }

  private void build(LabHerd herd, String node, String command) {
    ImageFiles.context(folder, "FROM busybox", "RUN " + command);
    String told =
        docker(
            herd,
            3,
            "build",
            "--build-arg",
            "constraint:node==" + node,
            "-t",
            "built:1",
            folder.toString());
    assertTrue(told.contains("Building on " + node), told);
    assertTrue(told.contains("Successfully tagged built:1"), told);
  }

  private static String run(LabHerd herd, int through, String node) {
    return docker(
            herd,
            through,
            "run",
            "--rm",
            "-e",
            "constraint:node==" + node,
            "built:1",
            "cat",
            "/word")
        .strip();
  }

  private static String docker(LabHerd herd, int host, String... arguments) {
    return ImageFiles.docker(herd, host, arguments).orFail().output();
  }
}
