package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.node.manage.JoinSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Classic Swarm's two small commands, with its messages. */
class JoinAndListCommandTest {
  private static JoinSettings join(Map<String, String> environment, String line) {
    String[] parts = ("join " + line.strip()).strip().split("\\s+");
    CommandLine.ParseResult parsed =
        CommandTree.build().parseArgs(ManageLine.translate(List.of(parts)).toArray(String[]::new));
    JoinCommand command = parsed.subcommand().commandSpec().commandLine().getCommand();
    return command.settings(environment);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "--delay -1s => discovery required to join a cluster",
        "etcd://a --delay -1s => missing mandatory --advertise flag",
        "etcd://a --advertise a => --advertise should be of the form ip:port or hostname:port",
        "etcd://a --addr a:0 => --advertise should be of the form ip:port or hostname:port",
        "etcd://a --addr a:65536 => --advertise should be of the form ip:port or hostname:port",
        "etcd://a --addr a:1 --delay -1s --ttl 1s => --delay should not be a negative number",
        "etcd://a --addr a:1 --heartbeat 999ms => --heartbeat should be at least one second",
        "etcd://a --addr a:1 --ttl 60s => --ttl must be strictly superior to the heartbeat value",
        "etcd://a --addr a:1 --discovery-opt x => --discovery-opt must contain key=value strings",
        "etcd://a --addr a:1 --discovery-opt x=y => is no option of a store",
        "nodes://b:1 --addr a:1 => nothing can be registered with 'nodes://b:1'",
        "consul://a,b --addr a:1 => consul does not support multiple endpoints",
      })
  void whatCanNotBeIsFatal(String line, String message) {
    Invalid fatal = assertThrows(Invalid.class, () -> join(Map.of(), line));
    assertTrue(fatal.getMessage().contains(message.strip()), fatal.getMessage());
  }

  @Test
  void theDefaultsAreSwarms() {
    JoinSettings settings =
        join(
            Map.of("SWARM_DISCOVERY", "zk://a/b", "SWARM_ADVERTISE", "10.0.0.1:2375"),
            "-discovery-opt kv.path=x");
    assertEquals(new HostPort("10.0.0.1", 2375), settings.address());
    assertEquals(Duration.ofSeconds(60), settings.heartbeat());
    assertEquals(Duration.ZERO, settings.delay());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "list nodes://10.0.0.[1:2]:2375,[fd00::1]:1 => 10.0.0.1:2375 10.0.0.2:2375 [fd00::1]:1",
        "l a:1 => a:1",
      })
  void theListIsPrinted(String line, String expected) {
    StringWriter out = new StringWriter();
    CommandLine commands = CommandTree.build().setOut(new PrintWriter(out, true));
    List<String> parts = List.of(line.strip().split(" "));
    assertEquals(0, commands.execute(ManageLine.translate(parts).toArray(String[]::new)));
    assertEquals(expected.strip(), String.join(" ", out.toString().strip().split("\\R")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "list => discovery required to list a cluster",
        "list a:1 --timeout 0s => --timeout should be a positive number",
        "list a => please check you are using the correct discovery",
        "list etcd://127.0.0.1:1 --timeout 200ms => Timed out",
      })
  void whatCanNotBeListedIsFatal(String line, String message) {
    StringWriter complaint = new StringWriter();
    CommandLine commands = CommandTree.build().setErr(new PrintWriter(complaint, true));
    String[] parts = Stream.of(line.strip().split(" ")).toArray(String[]::new);
    assertEquals(Program.DONE_WRONG, commands.execute(parts));
    assertTrue(complaint.toString().contains(message.strip()), complaint.toString());
  }
}
