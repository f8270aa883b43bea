package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.PortSpec;
import io.dockherd.failure.Refused;
import io.dockherd.scheduling.Contents;
import io.dockherd.scheduling.Needs;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.PortClaim;
import io.dockherd.scheduling.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostPortsTest {
  private static final PodSettings.Ports RANGE = new PodSettings.Ports(100, 104);
  private static final PortSpec ANY = Specs.port("", 80, 0);

  private static HostPorts ports(Set<Integer> ofEngine, Set<Integer> ofMachine) {
    List<PortClaim> claims =
        ofEngine.stream().map(port -> PortClaim.published("", port, "tcp")).toList();
    Tenant tenant = new Tenant("id", List.of("x"), Map.of(), new Needs(0, 0, claims), false);
    NodeLoad load =
        new NodeLoad(
            "host-1",
            "",
            "",
            1,
            0,
            1,
            0,
            1,
            1,
            Map.of(),
            Contents.of(List.of(tenant), Set.of(), Set.of(), Set.of()));
    return new HostPorts(
        RANGE, () -> load, (ip, port, protocol) -> !ofMachine.contains(port), new Random(1));
  }

  @Test
  void noPortIsGivenTwice() {
    HostPorts ports = ports(Set.of(100), Set.of(101));
    Set<Integer> given = new HashSet<>();
    given.addAll(ports.choose("a", List.of(ANY, ANY), Set.of()));
    given.addAll(ports.choose("b", List.of(ANY), Set.of()));
    assertEquals(Set.of(102, 103, 104), given);
    Refused none = assertThrows(Refused.class, () -> ports.choose("c", List.of(ANY), Set.of()));
    assertTrue(
        none.getMessage()
            .startsWith("Insufficient number of ports allocated: 1 are needed, 0 are free"),
        none::getMessage);
    ports.release("b");
    assertEquals(1, ports.choose("c", List.of(ANY), Set.of()).size());
  }

  @Test
  void whatIsAskedForIsGivenInItsPlace() {
    HostPorts ports = ports(Set.of(), Set.of());
    List<Integer> chosen = ports.choose("a", List.of(ANY, Specs.port("", 80, 8080), ANY), Set.of());
    assertEquals(8080, chosen.get(1));
    assertEquals(3, new HashSet<>(chosen).size());
    assertTrue(
        chosen.get(0) != 100
            || !ports.choose("b", List.of(Specs.port("", 1, 100), ANY), Set.of()).contains(0));
  }

  @Test
  void whatWasPassedOverIsNotChosenAgain() {
    HostPorts ports = ports(Set.of(), Set.of());
    assertEquals(List.of(103), ports.choose("a", List.of(ANY), Set.of(100, 101, 102, 104)));
    assertEquals(
        List.of(104),
        ports.choose("a", List.of(ANY), Set.of(100, 101, 102, 103)),
        "its own is free again when it chooses anew");
  }
}
