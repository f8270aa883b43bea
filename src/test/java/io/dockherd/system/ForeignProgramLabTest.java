package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Somebody's own Vert.x program joins with the herd key and drives containers by their addresses.
 */
@OnLab
class ForeignProgramLabTest {
  @Test
  void itJoinsDrivesContainersAndHearsTheHerdsEvents(LabHerd herd) {
    Invocation ran =
        Invocation.of(
            Duration.ofSeconds(60),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ForeignProgram.class.getName(),
                "dockherd",
                "somebody",
                herd.lab().keyFile().toString(),
                "nodes://" + herd.host(1).address() + "," + herd.host(2).address(),
                herd.lab().machineAddress()));
    String output = ran.orFail().output();
    List<String> lines = output.lines().filter(line -> line.startsWith("container ")).toList();
    assertEquals(3, lines.size(), output);
    assertTrue(lines.stream().allMatch(line -> line.endsWith(" 204 true")), output);
    assertEquals(
        List.of("host-1", "host-2", "host-3"),
        lines.stream().map(line -> line.split(" ")[2]).sorted().toList());
    assertTrue(output.contains("events heard"), output);
    herd.awaitMembers(3);
  }
}
