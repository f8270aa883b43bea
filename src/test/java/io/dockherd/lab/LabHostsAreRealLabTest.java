package io.dockherd.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lab keeps what it promises: separate hosts that can be broken in one way at a time. */
@OnLab(withNodes = false)
class LabHostsAreRealLabTest {
  @Test
  void eachHasAnEngineANameAndAnAddressOfItsOwn(LabHerd herd) {
    for (LabHost host : herd.lab().hosts()) {
      assertEquals(
          host.name(), docker(host, "info", "--format", "{{.Name}}").orFail().output().strip());
      assertEquals(host.name(), host.run("cat", "/proc/sys/kernel/hostname").output().strip());
      assertTrue(host.run("ip", "address").output().contains(host.address() + "/24"));
    }
    List<String> ids =
        herd.lab().hosts().stream()
            .map(host -> docker(host, "info", "--format", "{{.ID}}").output().strip())
            .distinct()
            .toList();
    assertEquals(3, ids.size());
  }

  @Test
  void aPublishedPortOfOneIsReachedFromAContainerOnAnother(LabHerd herd) {
    serve(herd.host(1));
    awaitReachable(herd.host(2), herd.host(1));
    Invocation fetched =
        docker(herd.host(2), "run", "--rm", "busybox", "wget", "-qO-", url(herd.host(1)));
    assertEquals("hello\n", fetched.orFail().output());
  }

  @Test
  void aCutKeepsTwoApartBothWaysAndNobodyElse(LabHerd herd) {
    herd.lab().hosts().forEach(LabHostsAreRealLabTest::serve);
    herd.lab().cut(1, 2);
    assertFalse(reaches(herd.host(1), herd.host(2)));
    assertFalse(reaches(herd.host(2), herd.host(1)));
    assertTrue(reaches(herd.host(1), herd.host(3)));
    assertTrue(reaches(herd.host(3), herd.host(2)));
    herd.lab().heal(1, 2);
    assertTrue(reaches(herd.host(1), herd.host(2)));
  }

  @Test
  void aPulledCableKeepsAHostFromEverybody(LabHerd herd) {
    serve(herd.host(1));
    awaitReachable(herd.host(2), herd.host(1));
    herd.host(1).linkDown();
    assertFalse(reaches(herd.host(2), herd.host(1)));
    herd.host(1).linkUp();
    awaitReachable(herd.host(2), herd.host(1));
  }

  @Test
  void anEngineComesBackAfterItWasKilledAndAfterItWasStopped(LabHerd herd) {
    LabHost host = herd.host(1);
    docker(host, "create", "--name", "kept", "busybox", "sleep", "1000").orFail();
    host.killEngine();
    assertFalse(docker(host, "ps").succeeded());
    host.startEngine();
    assertEquals("kept\n", docker(host, "ps", "--all", "--format", "{{.Names}}").output());
    host.stopEngine();
    assertFalse(host.runsEngine());
    host.startEngine();
    assertEquals("kept\n", docker(host, "ps", "--all", "--format", "{{.Names}}").output());
  }

  @Test
  void aFrozenEngineTakesConnectionsAndAnswersNothing(LabHerd herd) {
    LabHost host = herd.host(1);
    host.freezeEngine();
    Invocation ping = ping(host);
    assertNotEquals(0, ping.exitCode());
    assertTrue(ping.output().contains("timed out"), ping.output());
    host.thawEngine();
    ping(host).orFail();
  }

  @Test
  void aKilledHostBootsAgainWithItsContainersOnDisk(LabHerd herd) {
    LabHost host = herd.host(1);
    docker(host, "run", "--detach", "--name", "kept", "busybox", "sleep", "1000").orFail();
    host.kill();
    assertFalse(host.isUp());
    assertEquals(List.of(), new HostProcesses(host.plan()).all());
    host.boot();
    assertTrue(docker(host, "ps", "--all").output().contains("kept"));
  }

  private static Invocation ping(LabHost host) {
    return Invocation.attempt(
        "curl",
        "-sS",
        "--max-time",
        "1",
        "--unix-socket",
        host.engineSocket().toString(),
        "http://engine/_ping");
  }

  private static void serve(LabHost host) {
    docker(
            host,
            "run",
            "--detach",
            "--publish=8090:80",
            "busybox",
            "sh",
            "-c",
            "echo hello > /var/www/index.html; exec httpd -f -p 80 -h /var/www")
        .orFail();
    awaitReachable(host, host);
  }

  private static void awaitReachable(LabHost from, LabHost to) {
    Await.until(
        from.name() + " reaches " + to.name(), Duration.ofSeconds(10), () -> reaches(from, to));
  }

  private static boolean reaches(LabHost from, LabHost to) {
    return from.run("curl", "-sf", "--max-time", "1", url(to)).succeeded();
  }

  private static String url(LabHost host) {
    return "http://" + host.address() + ":8090/";
  }

  private static Invocation docker(LabHost host, String... arguments) {
    String[] command =
        Stream.concat(
                Stream.of("docker", "--host", "unix://" + host.engineSocket()),
                Stream.of(arguments))
            .toArray(String[]::new);
    return Invocation.attempt(command);
  }
}
