package io.dockherd.system;

import static org.junit.jupiter.api.Assumptions.abort;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A docker command that speaks BuildKit by itself: Docker's up to 22 do, as Debian's docker.io,
 * later ones need a plug-in that builds in another way, through {@code /grpc}.
 */
final class BuildKitClient {
  private static final Pattern VERSION = Pattern.compile("Docker version ([0-9]{1,4})\\..*");
  private static final int LAST_WITH_ITS_OWN = 22;

  private BuildKitClient() {}

  /** At the door of a host's node; leaves the test out where there is none on the path. */
  static DockerCli at(LabHost host) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, "docker"))
        .filter(Files::isExecutable)
        .filter(BuildKitClient::isOne)
        .findFirst()
        .map(found -> DockerCli.of(List.of("env", "DOCKER_BUILDKIT=1", found.toString()), host))
        .orElseGet(() -> abort("no docker command with BuildKit of its own is installed"));
  }

  private static boolean isOne(Path docker) {
    Matcher told =
        VERSION.matcher(Invocation.attempt(docker.toString(), "--version").output().strip());
    return told.matches() && Integer.parseInt(told.group(1)) <= LAST_WITH_ITS_OWN;
  }
}
