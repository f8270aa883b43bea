package io.dockherd.compose.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What services ask for, added up. */
class ResourceSumTest {
  private static Composition project(String text) {
    VirtualFolder folder = new VirtualFolder(text);
    return ComposeLoader.load(folder.request(), folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpus: 0.5, mem_limit: 64m | 0.5 64",
        "cpus: 1, mem_limit: 1 | 1 1",
        "cpu_quota: 50000 | 0.5 0",
        "cpu_quota: 50000, cpu_period: 25000 | 2 0",
        "cpu_shares: 256 | 0.25 0",
        "cpu_shares: 256, cpu_quota: 100000 | 1 0",
        "cpu_shares: 256, cpus: 3 | 3 0",
        "deploy: {resources: {limits: {cpus: '2', memory: 1g}}} | 2 1024",
        "cpus: 0.5, mem_limit: 100m, scale: 3 | 1.5 300",
        "cpus: 0.5, deploy: {replicas: 0} | 0 0",
        "mem_limit: -1, cpus: 0 | 0 0",
      })
  void limits(String keys, String line) {
    Composition project = project("services: {web: {image: busybox, " + keys + "}}");
    assertEquals(line, ResourceSum.ofLimits(project).line());
  }

  @Test
  void allActiveServicesAndThoseThatSayNothing() {
    Composition project =
        project(
            """
            services:
              a: {image: busybox, cpus: 0.1, mem_limit: 1m, mem_reservation: 512k}
              b: {image: busybox, cpus: 0.2}
              c: {image: busybox, mem_limit: 2m}
              off: {image: busybox, cpus: 100, profiles: [never]}
            """);
    ResourceSum limits = ResourceSum.ofLimits(project);
    assertEquals("0.3 3", limits.line());
    assertEquals(List.of("c"), limits.withoutCpus());
    assertEquals(List.of("b"), limits.withoutMemory());
    assertEquals("0 1", ResourceSum.ofReservations(project).line());
  }
}
