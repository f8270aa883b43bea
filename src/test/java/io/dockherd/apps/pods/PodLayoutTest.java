package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency.Condition;
import io.dockherd.failure.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodLayoutTest {
  private static final ContainerSpec WEB = Specs.sleeper("web");
  private static final ContainerSpec DB = Specs.sleeper("db");
  private static final ContainerSpec BASE = Specs.sleeper("base");

  private static List<String> order(ContainerSpec... containers) {
    return PodLayout.of(List.of(containers)).order().stream().map(ContainerSpec::name).toList();
  }

  @Test
  void withoutNeedsTheOrderIsAsWritten() {
    assertEquals(List.of("web", "db", "base"), order(WEB, DB, BASE));
  }

  @Test
  void whatIsNeededComesFirst() {
    ContainerSpec web = Specs.after(WEB, "db", Condition.STARTED);
    ContainerSpec db = Specs.inNetworkOf(DB, "base");
    assertEquals(List.of("base", "db", "web"), order(web, db, BASE));
    assertEquals(List.of("db", "web"), order(Specs.takingVolumes(WEB, "db", "ro"), DB));
    assertEquals("web", PodLayout.of(List.of(web, db, BASE)).primary());
  }

  @Test
  void aCircleIsToldWithItsMembers() {
    ContainerSpec web = Specs.after(WEB, "db", Condition.STARTED);
    ContainerSpec db = Specs.inNetworkOf(DB, "web");
    Invalid circle = assertThrows(Invalid.class, () -> order(web, db));
    assertTrue(circle.getMessage().endsWith("web → db → web"), circle::getMessage);
    assertThrows(Invalid.class, () -> order(Specs.inNetworkOf(WEB, "web")));
  }

  @Test
  void whatIsNotThereIsMissedOnlyWhereItIsRequired() {
    assertThrows(Invalid.class, () -> order(Specs.after(WEB, "db", Condition.STARTED)));
    assertThrows(Invalid.class, () -> order(Specs.inNetworkOf(WEB, "db")));
    ContainerSpec easy = Specs.after(WEB, "db", Condition.HEALTHY, false, false);
    assertEquals(List.of("web"), order(easy));
  }

  @Test
  void joinsOfAJoinerLeadToTheOwnerAtLast() {
    PodLayout layout =
        PodLayout.of(List.of(Specs.inNetworkOf(WEB, "db"), Specs.inNetworkOf(DB, "base"), BASE));
    assertEquals("base", layout.networkOwner("web").name());
    assertEquals(
        List.of("base", "db", "web"),
        layout.inNetworkOf("base").stream().map(ContainerSpec::name).toList());
    assertEquals(
        List.of("db", "web"),
        layout.restartedWith("base").stream().map(ContainerSpec::name).toList());
    assertEquals(List.of(), layout.restartedWith("web"));
  }

  @Test
  void whatSaysSoIsRestartedWithWhatItNeeds() {
    PodLayout layout =
        PodLayout.of(
            List.of(
                Specs.after(WEB, "db", Condition.STARTED, true, true),
                Specs.after(BASE, "db", Condition.STARTED),
                DB));
    assertEquals(
        List.of("web"), layout.restartedWith("db").stream().map(ContainerSpec::name).toList());
  }
}
