package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Distribution;
import io.dockherd.lab.Distribution.Role;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The docker command at a door with TLS, by the environment docker-machine's users set, and at a
 * unix socket, on a node that shows names as classic Swarm did.
 */
@OnLab
class DockerDoorAsSetLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int TLS_PORT = 2376;
  private static final String CTRL_P_Q = "\u0010\u0011";
  private static final String CTRL_X = "\u0018";

  @Test
  void certificatesOfTheHerdOpenItAndNamesAreClassicSwarms(LabHerd herd, @TempDir Path temp) {
    LabHost host = herd.host(1);
    Path certificates = temp.resolve("certificates");
    Path socket = temp.resolve("door.sock");
    Invocation.of(
            LIMIT,
            Distribution.own()
                .command(
                    Role.CLI,
                    List.of(
                        "cert",
                        "somebody",
                        "--out=" + certificates,
                        "--key-file=" + herd.lab().keyFile())))
        .orFail();
    host.stopNode();
    host.startNode(
        "--docker-names=swarm",
        "--docker-listen=tcp://%1$s:%2$d,tcp://0.0.0.0:%3$d,unix://%4$s"
            .formatted(host.address(), LabHost.DOCKER_PORT, TLS_PORT, socket));
    try {
      host.awaitNode(LIMIT);
      herd.awaitMembers(3);
      herd.awaitEngines();
      names(herd, certificates);
      refusals(host, certificates);
      leavesByTheDetachKeys(
          DockerCli.secured(host.address() + ":" + TLS_PORT, certificates), "secured");
      leavesByTheDetachKeys(DockerCli.at(socket), "local");
    } finally {
      host.stopNode();
      host.startNode();
    }
  }

  private static void names(LabHerd herd, Path certificates) {
    LabHost host = herd.host(1);
    List<String> node2 = List.of("-e", "constraint:node==host-2");
    List<String> run = new ArrayList<>(List.of("run", "-d", "--name=nap", "-p", "8000"));
    run.addAll(node2);
    run.addAll(List.of("busybox", "sleep", "1000"));
    secured(host, certificates, run).orFail();
    assertEquals(
        "host-2/nap",
        secured(host, certificates, List.of("ps", "--format", "{{.Names}}"))
            .orFail()
            .output()
            .strip());
    assertEquals("nap", herd.docker(3, "ps", "--format", "{{.Names}}").output().strip());
    String ports = secured(host, certificates, List.of("port", "host-2/nap")).orFail().output();
    assertTrue(ports.startsWith("8000/tcp -> " + herd.host(2).address() + ":"), ports);
    secured(host, certificates, List.of("volume", "create", "host-3/data")).orFail();
    assertEquals(
        "host-3/data",
        secured(host, certificates, List.of("volume", "ls", "-q")).orFail().output().strip());
    assertEquals(
        "hello\n",
        secured(host, certificates, List.of("exec", "host-2/nap", "echo", "hello")).output());
  }

  private static Invocation secured(LabHost host, Path certificates, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "DOCKER_HOST=tcp://" + host.address() + ":" + TLS_PORT,
                "DOCKER_TLS_VERIFY=1",
                "DOCKER_CERT_PATH=" + certificates,
                "docker"));
    command.addAll(arguments);
    return Invocation.of(LIMIT, command);
  }

  private static void refusals(LabHost host, Path certificates) {
    String address = "tcp://" + host.address() + ":" + TLS_PORT;
    Invocation stranger =
        Invocation.attempt(
            "docker",
            "--host=" + address,
            "--tlsverify",
            "--tlscacert=" + certificates.resolve("ca.pem"),
            "ps");
    assertEquals(1, stranger.exitCode());
    assertTrue(stranger.output().contains("certificate required"), stranger.output());
    assertNotEquals(0, Invocation.attempt("docker", "--host=" + address, "ps").exitCode());
  }

  private static void leavesByTheDetachKeys(DockerCli docker, String name) {
    String node2 = "--env=constraint:node==host-2";
    leave(docker, CTRL_P_Q, "run", "-it", "--name=" + name, node2, "busybox", "sh");
    leave(docker, CTRL_X, "attach", "--detach-keys=ctrl-x", name);
    leave(docker, CTRL_X, "exec", "-it", "--detach-keys=ctrl-x", name, "sh");
    assertEquals("true", docker.succeed("inspect", "-f", "{{.State.Running}}", name));
  }

  private static void leave(DockerCli docker, String keys, String... arguments) {
    try (DockerCli.Running shell = docker.startOnTerminal(arguments)) {
      shell.type("echo si$((1+1))e\r");
      shell.awaitText("si2e");
      shell.type(keys);
      shell.await();
    }
  }
}
