package io.dockherd.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Conflict;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After a lab nothing of it is on the machine, also when whoever held it was killed. */
class NothingIsLeftOfALabLabTest {
  private static final LabPlan PLAN = LabPlan.of(40, 2);

  @AfterEach
  void clean() {
    Lab.down(PLAN.index());
  }

  @Test
  void afterItWasClosed() throws IOException {
    try (Lab lab = Lab.up(PLAN, Progress.SILENT)) {
      startContainer(lab.host(1));
    }
    assertNothingIsLeft();
  }

  @Test
  void afterItsHolderWasKilledAndSomebodyTookItDown() throws Exception {
    Process holder = hold();
    startContainer(Lab.attach(PLAN.index()).host(2));
    holder.destroyForcibly().waitFor();
    assertFalse(new HostProcesses(PLAN.host(2)).all().isEmpty());
    Lab.down(PLAN.index());
    assertNothingIsLeft();
  }

  @Test
  void whenItIsTakenDownUnderALivingHolder() throws Exception {
    Process holder = hold();
    assertThrows(Conflict.class, () -> Lab.up(PLAN, Progress.SILENT));
    Lab.down(PLAN.index());
    assertFalse(holder.isAlive());
    assertNothingIsLeft();
  }

  @Test
  void andTheNextOneTakesAwayWhatAKilledOneLeft() throws Exception {
    Process holder = hold();
    startContainer(Lab.attach(PLAN.index()).host(1));
    holder.destroyForcibly().waitFor();
    try (Lab lab = Lab.up(LabPlan.of(PLAN.index(), 1), Progress.SILENT)) {
      assertEquals("", docker(lab.host(1), "ps", "--all", "--quiet"));
    }
    assertNothingIsLeft();
  }

  private static Process hold() throws IOException {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LabHolder.class.getName(),
                "" + PLAN.index(),
                "" + PLAN.hostCount())
            .redirectErrorStream(true)
            .start();
    BufferedReader output = holder.inputReader();
    assertEquals("up", output.readLine());
    return holder;
  }

  private static void startContainer(LabHost host) {
    docker(host, "run", "--detach", "--restart=always", "busybox", "sleep", "1000");
  }

  private static String docker(LabHost host, String... arguments) {
    String[] command =
        Stream.concat(
                Stream.of("docker", "--host", "unix://" + host.engineSocket()),
                Stream.of(arguments))
            .toArray(String[]::new);
    return Invocation.run(command);
  }

  private static void assertNothingIsLeft() throws IOException {
    assertFalse(Files.exists(PLAN.home()), "its folder");
    for (HostPlan host : PLAN.hosts()) {
      assertEquals(List.of(), new HostProcesses(host).all(), "processes of " + host.name());
      assertFalse(Invocation.run("ip", "netns", "list").contains(host.namespace()), "a namespace");
    }
    assertFalse(
        Invocation.run("ip", "link").contains(" " + PLAN.bridge()), "its bridge or a cable");
    assertFalse(Invocation.run("iptables", "-S").contains(PLAN.bridge()), "its firewall rule");
    try (Stream<Path> trees = Files.list(Path.of("/sys/fs/cgroup"))) {
      assertEquals(
          List.of(),
          trees.map(tree -> tree.resolve(PLAN.controlGroup())).filter(Files::exists).toList(),
          "control groups");
    }
  }
}
