package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BuildKit through a node: its session, its build and what it uploads meet at one engine. */
@OnLab
class BuildKitLabTest {
  @TempDir private Path folder;

  @Test
  void whatItBuildsOnOneHostRunsOnAllAndIsRenewedWithItsName(LabHerd herd) throws IOException {
    Files.writeString(folder.resolve(".dockerignore"), "*.log\n");
    Files.writeString(folder.resolve("kept.txt"), "kept");
    Files.writeString(folder.resolve("left.log"), "left");
    Path secret = Files.writeString(folder.resolve("secret"), "hush");
    dockerfile(
        "FROM busybox",
        "ARG WORD=none",
        "COPY kept.txt *.log /ctx/",
        "RUN --mount=type=secret,id=word cat /run/secrets/word | wc -c > /length",
        "RUN --mount=type=cache,target=/cache echo $WORD | tee -a /cache/words > /word",
        "RUN ls -1 /ctx > /listing");
    String[] build = {
      "build",
      "--progress=plain",
      "--secret=id=word,src=" + secret,
      "--build-arg=WORD=one",
      "--build-arg=constraint:node==host-2",
      "--tag=kit:1",
      folder.toString()
    };
    BuildKitClient.at(herd.host(1)).succeed(build);
    assertNotEquals("", ImageFiles.id(herd.host(2), "kit:1"));
    assertEquals("", ImageFiles.id(herd.host(1), "kit:1"));
    for (String node : List.of("host-1", "host-2", "host-3")) {
      assertEquals("4\none\nkept.txt", words(herd, node));
    }

    build[3] = "--build-arg=WORD=two";
    build[4] = "--build-arg=constraint:node==host-3";
    BuildKitClient.at(herd.host(1)).succeed(build);
    for (String node : List.of("host-1", "host-2", "host-3")) {
      assertEquals("4\ntwo\nkept.txt", words(herd, node));
    }
  }

  private static String words(LabHerd herd, String node) {
    return DockerCli.at(herd.host(1))
        .succeed(
            "run",
            "--rm",
            "--env=constraint:node==" + node,
            "kit:1",
            "cat",
            "/length",
            "/word",
            "/listing");
  }

  @Test
  void aContextFromStandardInputIsUploadedToTheBuildsHost(LabHerd herd) {
    byte[] dockerfile = "FROM busybox\nRUN echo hello > /word\n".getBytes();
    DockerCli.Result quiet =
        BuildKitClient.at(herd.host(1))
            .run(
                dockerfile,
                "build",
                "--quiet",
                "--build-arg=constraint:node==host-3",
                "--tag=kit:1",
                "-");
    assertEquals(0, quiet.exitCode(), quiet.errors());
    assertEquals(ImageFiles.id(herd.host(3), "kit:1"), quiet.text().strip());
  }

  @Test
  void filesComeOutWhereNoImageIsMade(LabHerd herd) throws IOException {
    dockerfile(
        "FROM busybox AS made",
        "RUN echo hello > /word",
        "FROM scratch",
        "COPY --from=made /word /");
    Path out = folder.resolve("out");
    BuildKitClient.at(herd.host(3)).succeed("build", "--output=" + out, folder.toString());
    assertEquals("hello\n", Files.readString(out.resolve("word")));
  }

  @Test
  void aBuildThatFailsSaysWhy(LabHerd herd) throws IOException {
    dockerfile("FROM busybox", "RUN echo because; exit 7");
    DockerCli.Result failed = failed(herd);
    assertTrue(failed.errors().contains("because"), failed.errors());
    assertTrue(failed.errors().contains("exit code: 7"), failed.errors());

    dockerfile("FROM busybox", "FROB x");
    DockerCli.Result unread = failed(herd);
    assertTrue(unread.errors().contains("unknown instruction: FROB"), unread.errors());

    DockerCli.Result nowhere = failed(herd, "--build-arg=constraint:node==host-9");
    assertTrue(nowhere.errors().contains("host-1: is not what node==host-9"), nowhere.errors());
  }

  private DockerCli.Result failed(LabHerd herd, String... flags) {
    DockerCli.Result result = BuildKitClient.at(herd.host(2)).run(build(flags));
    assertEquals(1, result.exitCode(), result.errors());
    return result;
  }

  private String[] build(String... flags) {
    String[] line = new String[flags.length + 4];
    System.arraycopy(flags, 0, line, 3, flags.length);
    line[0] = "build";
    line[1] = "--progress=plain";
    line[2] = "--tag=kit:1";
    line[line.length - 1] = folder.toString();
    return line;
  }

  @Test
  void aBuildEndsWithItsHost(LabHerd herd) throws IOException {
    dockerfile("FROM busybox", "RUN echo si$((1+1))e; sleep 1000");
    try (DockerCli.Running building =
        BuildKitClient.at(herd.host(1)).start(build("--build-arg=constraint:node==host-3"))) {
      building.endInput();
      building.awaitErrors("si2e");
      herd.host(3).kill();
      DockerCli.Result broken = building.await();
      assertEquals(1, broken.exitCode(), broken.errors());
      assertTrue(broken.errors().contains("host-3"), broken.errors());
    }
  }

  private void dockerfile(String... lines) throws IOException {
    Files.write(folder.resolve("Dockerfile"), List.of(lines));
  }
}
