package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.PodSpec.Resources;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.scheduling.Needs;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodLimitsTest {
  private static final long MIB = 1 << 20;
  private static final long CPU = 1_000_000_000;

  private static Map<String, JsonObject> applied(
      Resources pod, String cgroup, int cpus, ContainerSpec... containers) {
    PodLayout layout = PodLayout.of(List.of(containers));
    Map<String, JsonObject> documents = new LinkedHashMap<>();
    layout.order().forEach(each -> documents.put(each.name(), each.document().copy()));
    PodLimits.apply(pod, layout, documents, cgroup, cpus);
    return documents;
  }

  private static ContainerSpec limited(String name, long memory) {
    return Specs.with(
        Specs.sleeper(name),
        new JsonObject().put("HostConfig", new JsonObject().put("Memory", memory)));
  }

  private static JsonObject host(Map<String, JsonObject> documents, String name) {
    return documents.get(name).getJsonObject("HostConfig");
  }

  /** As placement will count it. */
  private static Needs needs(Map<String, JsonObject> documents, String name) {
    return CreateRequest.newcomer("", documents.get(name)).needs();
  }

  @Test
  void oneContainerGetsAllOfIt() {
    var documents = applied(new Resources(CPU / 2, 64 * MIB, 0, 0), "", 4, Specs.sleeper("web"));
    assertEquals(64 * MIB, host(documents, "web").getLong("Memory"));
    assertEquals(CPU / 2, host(documents, "web").getLong("NanoCpus"));
    assertEquals(new Needs(64 * MIB, CPU / 2, List.of()), needs(documents, "web"));
  }

  @Test
  void severalShareWhatTheirOwnLimitsLeave() {
    var documents =
        applied(
            new Resources(CPU, 100 * MIB, 0, 0),
            "",
            4,
            limited("web", 40 * MIB),
            Specs.sleeper("a"),
            Specs.sleeper("b"));
    assertEquals(40 * MIB, host(documents, "web").getLong("Memory"));
    assertEquals(30 * MIB, host(documents, "a").getLong("Memory"));
    assertEquals(30 * MIB, host(documents, "b").getLong("Memory"));
    long reserved =
        List.of("web", "a", "b").stream()
            .mapToLong(name -> needs(documents, name).memoryBytes())
            .sum();
    long cpus =
        List.of("web", "a", "b").stream()
            .mapToLong(name -> needs(documents, name).nanoCpus())
            .sum();
    assertEquals(100 * MIB, reserved);
    assertEquals(CPU, cpus);
  }

  @Test
  void underAParentNoneIsLimitedByItself() {
    var documents =
        applied(
            new Resources(CPU, 100 * MIB, 0, 0),
            "/dockherd/x",
            4,
            Specs.sleeper("a"),
            Specs.sleeper("b"));
    assertEquals("/dockherd/x", host(documents, "a").getString("CgroupParent"));
    assertFalse(host(documents, "a").containsKey("Memory"));
    assertEquals(50 * MIB, needs(documents, "b").memoryBytes());
  }

  @Test
  void whatAnEngineRefusesIsNotAskedOfIt() {
    var documents = applied(new Resources(8 * CPU, MIB, 0, 0), "", 2, Specs.sleeper("web"));
    assertEquals(6 * MIB, host(documents, "web").getLong("Memory"));
    assertEquals(2 * CPU, host(documents, "web").getLong("NanoCpus"));
  }

  @Test
  void whereNothingIsSaidContainersAreAsTheyAre() {
    var documents = applied(Resources.UNSAID, "", 2, limited("web", 40 * MIB));
    assertEquals(limited("web", 40 * MIB).document(), documents.get("web"));
  }
}
