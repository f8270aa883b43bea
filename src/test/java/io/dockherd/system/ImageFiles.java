package io.dockherd.system;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images for tests, and the docker command where it takes longer than usual. */
final class ImageFiles {
  private static final Duration LONG = Duration.ofMinutes(2);

  private ImageFiles() {}

  /** The docker command with the classic builder, through a host's node. */
  static Invocation docker(LabHerd herd, int host, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env", "DOCKER_BUILDKIT=0", "docker", "-H", "tcp://" + herd.dockerAddress(host)));
    command.addAll(List.of(arguments));
    return Invocation.of(LONG, command);
  }

  /** A folder with a Dockerfile of those lines. */
  static Path context(Path folder, String... lines) {
    try {
      Files.write(folder.resolve("Dockerfile"), List.of(lines));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image of so many megabytes that can't be packed smaller, saved to a file and nowhere. */
  static Path saved(LabHost host, Path folder, String name, int megabytes) {
    try {
      Path root = Files.createDirectories(folder.resolve("root"));
      byte[] bytes = new byte[megabytes << 20];
      new Random(1).nextBytes(bytes);
      Files.write(root.resolve("bytes"), bytes);
      Path tar = folder.resolve("root.tar");
      Invocation.run("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
      Path saved = folder.resolve("saved.tar");
      Ask.docker(host, "import", tar.toString(), name);
      Ask.docker(host, "save", "-o", saved.toString(), name);
      Ask.docker(host, "rmi", name);
      return saved;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The id an engine has for a name, asked straight; "" when it has none. */
  static String id(LabHost host, String name) {
    Invocation asked =
        Invocation.attempt(
            "docker",
            "--host",
            "unix://" + host.engineSocket(),
            "image",
            "inspect",
            "--format",
            "{{.Id}}",
            name);
    return asked.succeeded() ? asked.output().strip() : "";
  }
}
