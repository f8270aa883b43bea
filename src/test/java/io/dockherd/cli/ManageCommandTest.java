package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.Listener;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.failure.Invalid;
import io.dockherd.node.manage.ManageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ManageCommandTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void aFile() throws Exception {
    file = Files.writeString(folder.resolve("file.pem"), "");
  }

  private ManageSettings settings(Map<String, String> environment, String... arguments) {
    List<String> line = new ArrayList<>(List.of("manage"));
    for (String argument : arguments) {
      line.add(argument.replace("FILE", file.toString()));
    }
    CommandLine commands = CommandTree.build();
    CommandLine.ParseResult parsed =
        commands.parseArgs(ManageLine.translate(line).toArray(String[]::new));
    ManageCommand command = parsed.subcommand().commandSpec().commandLine().getCommand();
    return command.settings(environment);
  }

  private ManageSettings settings(String line) {
    return settings(Map.of(), line.strip().split("\\s+"));
  }

  /** In each line also stands what would be complained of later. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "--tls --heartbeat 0s => --tlscert and --tlskey must be provided when using --tls",
        "--tlsverify --tlscert FILE --tlskey FILE => --tlscacert must be provided when using --tlsverify",
        "--tlscert FILE => --tlscert, --tlskey and --tlscacert require the use of either --tls or --tlsverify",
        "--tlscacert FILE a:1 => --tlscert, --tlskey and --tlscacert require the use of either --tls or --tlsverify",
        "--engine-refresh-min-interval 0s --engine-refresh-retry 5 => min refresh interval should be a positive number",
        "--engine-refresh-min-interval soon => min refresh interval should be a positive number",
        "--engine-refresh-max-interval 29s => max refresh interval cannot be less than min refresh interval",
        "--engine-refresh-retry 5 --engine-failure-retry 0 => --engine-refresh-retry is deprecated. Use --engine-failure-retry",
        "--engine-failure-retry 0 => invalid failure retry count",
        "--heartbeat 0s => discovery required to manage a cluster",
        "--heartbeat 999ms --discovery-opt x a:1 => --heartbeat should be at least one second",
        "--heartbeat=-1s a:1 => --heartbeat should be at least one second",
        "--discovery-opt x fax://a:1 => --discovery-opt must contain key=value strings",
        "--strategy fun fax://a:1 => discovery service not supported",
        "--strategy fun token://abc => discovery service not supported",
        "--strategy fun 0123456789abcdef => please check you are using the correct discovery (missing token:// ?)",
        "--strategy fun --filter fun a:1 => strategy not supported",
        "--filter health -f fun -c fun a:1 => filter not supported",
        "-c mesos --cluster-opt swarm.overcommit=-2 a:1 => unsupported cluster \"mesos\"",
        "--cluster-opt swarm.overcommit=-2 --replication a:1 => swarm.overcommit should be larger than -1, -2.000000 is invalid",
        "--cluster-opt swarm.createretry=-1 a:1 => swarm.createretry can not be negative, -1 is invalid",
        "--replication a:1 => Leader election is only supported with consul, etcd and zookeeper discovery.",
        "--replication a:1 => no leader is elected here",
        "-H tcp://0.0.0.0:2375 a:1 => would let in everybody",
        "-H :2375 a:1 => would let in everybody",
        "--tls --tlscert FILE --tlskey FILE -H 10.0.0.1:2376 a:1 => would let in everybody",
        "-H udp:// a:1 => is no place to listen at",
        "--tls --tlscert FILE --tlskey /nowhere a:1 => be read; name another file",
      })
  void whatIsWrongIsSaidInSwarmsWordsAndOrder(String line, String words) {
    String said = assertThrows(Invalid.class, () -> settings(line)).explanation();
    assertTrue(said.contains(words), said);
  }

  @Test
  void nothingSaidIsSwarmsDefault() {
    ManageSettings settings = settings("a:1");
    assertEquals(Duration.ofSeconds(60), settings.heartbeat());
    assertEquals(Duration.ofSeconds(30), settings.sweep());
    assertEquals("spread", settings.strategy());
    assertEquals(
        "health, port, containerslots, dependency, affinity, constraint, whitelist",
        String.join(", ", settings.filters()));
    assertEquals(0.05, settings.overcommit());
    assertEquals(List.of("127.0.0.1:2375"), places(settings));
    assertEquals(NameForm.PLAIN, settings.names());
    assertEquals(List.of(), settings.notes());
  }

  private static List<String> places(ManageSettings settings) {
    return settings.listeners().stream().map(Listener::toString).toList();
  }

  @Test
  void everythingMayBeSaidAsInSwarm() {
    ManageSettings settings =
        settings(
            "-strategy binpacking -f constraint -filter=port -cluster-opt swarm.overcommit=0.5"
                + " -H tcp://127.0.0.1:4000 -host unix:///tmp/swarm.sock --docker-names swarm"
                + " --engine-refresh-min-interval 1m30s -engine-refresh-max-interval 2m --heartbeat 2s"
                + " nodes://a:1,b:[1:2]");
    assertEquals("binpack", settings.strategy());
    assertEquals(List.of("constraint", "port"), settings.filters());
    assertEquals(0.5, settings.overcommit());
    assertEquals(List.of("127.0.0.1:4000", "unix:///tmp/swarm.sock"), places(settings));
    assertEquals(Duration.ofSeconds(90), settings.sweep());
    assertEquals(Duration.ofSeconds(2), settings.heartbeat());
    assertEquals(3, settings.roster().read().size());
    assertEquals(NameForm.SWARM, settings.names());
  }

  @Test
  void theEnvironmentSaysWhatTheLineDoesNot() {
    Map<String, String> environment =
        Map.of("SWARM_DISCOVERY", "a:1,b:1", "SWARM_HOST", "tcp://127.0.0.1:1,unix:///tmp/s");
    ManageSettings settings = settings(environment);
    assertEquals(2, settings.roster().read().size());
    assertEquals(List.of("127.0.0.1:1", "unix:///tmp/s"), places(settings));
    assertEquals(1, settings(environment, "c:1").roster().read().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cors",
        "--api-enable-cors",
        "--advertise 10.0.0.1:4000",
        "--engine-failure-retry 5",
        "--engine-refresh-max-interval 2m",
        "--refresh-on-node-filter",
        "--container-name-refresh-filter web",
        "--cluster-opt swarm.createretry=2",
        "--cluster-opt swarm.fun=2",
      })
  void whatChangesNothingIsSaidOnce(String option) {
    List<String> notes = settings(option + " a:1").notes();
    assertEquals(1, notes.size(), notes.toString());
  }

  @Test
  void clientsNeedACertificateWhereTheyAreVerified() {
    String files = " --tlscert FILE --tlskey FILE --tlscacert FILE a:1";
    ManageSettings settings = settings("--tlsverify -H tcp://0.0.0.0:2376" + files);
    assertEquals(List.of("0.0.0.0:2376"), places(settings));
    assertEquals("REQUIRED", settings.listeners().getFirst().options().getClientAuth().name());
    ManageSettings closed = settings("--tls --insecure -H tcp://0.0.0.0:2376" + files);
    assertEquals("NONE", closed.listeners().getFirst().options().getClientAuth().name());
  }
}
