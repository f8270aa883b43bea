package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Needs;
import io.dockherd.scheduling.PortClaim;
import io.dockherd.scheduling.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Room at a node's own engine for what is about to be made there, and its images. */
class HoldTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final FleetHerd herd = FleetHerd.of("host-1", "host-2");
  private final HerdFleet fleet = herd.fleet("host-1");

  @AfterEach
  void end() {
    herd.close();
  }

  private static Demand demand(String name, long memory, int... ports) {
    List<PortClaim> claims =
        java.util.Arrays.stream(ports)
            .mapToObj(port -> PortClaim.published("", port, "tcp"))
            .toList();
    Tenant tenant = new Tenant("", List.of(name), Map.of(), new Needs(memory, 0, claims), false);
    return new Demand("a pod", 0, tenant, List.of(), List.of(), Set.of());
  }

  private String refusal(Demand demand) {
    return assertThrows(Refused.class, () -> fleet.hold(demand)).getMessage();
  }

  @Test
  void whatIsHeldIsNobodyElsesUntilItIsLetGo() {
    Hold hold = fleet.hold(demand("web", 1L << 20, 80));
    assertTrue(refusal(demand("db", 0, 80)).contains("port 80/tcp is held by web"));
    assertTrue(refusal(demand("web", 0)).contains("the name web is taken"));
    assertTrue(refusal(demand("db", 1L << 45)).contains("MiB of memory reserved"));
    fleet.hold(demand("db", 1L << 20, 81)).close();
    hold.close();
    hold.close();
    fleet.hold(demand("web", 1L << 20, 80)).close();
  }

  @Test
  void aContainersNameIsTaken() {
    herd.engine("host-1").create("web");
    Await.until("it is known", LIMIT, () -> !fleet.known("host-1").isEmpty());
    assertTrue(refusal(demand("web", 0)).contains("the name web is taken"));
  }

  @Test
  void aDrainedNodeTakesNothing() {
    herd.pool.drain("host-1", true, LIMIT);
    assertTrue(refusal(demand("web", 0)).contains("drained"));
  }

  @Test
  void anImageComesFromANodeThatHasItBeforeAnyRegistry() {
    herd.engine("host-2").addImage("shop:1");
    Await.until(
        "host-1 knows of it",
        LIMIT,
        () -> {
          try {
            fleet.fetchImage("shop:1", false, LIMIT);
            return true;
          } catch (NotFound notYet) {
            return false;
          }
        });
    int before = herd.engine("host-1").asked("POST /images/create").size();
    herd.engine("host-1").registryHolds(image -> image.equals("shop:1"));
    fleet.fetchImage("shop:1", true, LIMIT);
    assertEquals(
        before + 1, herd.engine("host-1").asked("POST /images/create").size(), "it is renewed");
    assertThrows(NotFound.class, () -> fleet.fetchImage("nowhere:1", false, LIMIT));
  }
}
