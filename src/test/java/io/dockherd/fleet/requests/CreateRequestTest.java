package io.dockherd.fleet.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.Golden;
import io.dockherd.failure.Invalid;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Needs;
import io.dockherd.scheduling.PortClaim;
import io.dockherd.scheduling.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A create request in; the request for an engine and the demand out. */
class CreateRequestTest {
  @TestFactory
  List<DynamicTest> requests() throws IOException {
    return Golden.tests("requests", CreateRequestTest::read);
  }

  private static String read(String text) {
    try {
      CreateRequest request = CreateRequest.read("web", new JsonObject(text), "", false, "feed");
      return request.document().encodePrettily() + "\n" + words(request.demand());
    } catch (Invalid e) {
      return "invalid: " + e.explanation();
    }
  }

  private static String words(Demand demand) {
    Needs needs = demand.newcomer().needs();
    return new JsonObject()
        .put("memoryBytes", needs.memoryBytes())
        .put("nanoCpus", needs.nanoCpus())
        .put("ports", new JsonArray(needs.ports().stream().map(PortClaim::toString).toList()))
        .put("rules", conditions(demand.rules()))
        .put("wishes", conditions(demand.wishes()))
        .encodePrettily();
  }

  private static JsonArray conditions(List<Rule> rules) {
    return new JsonArray(
        rules.stream()
            .map(rule -> rule.getClass().getSimpleName() + ": " + rule.condition())
            .toList());
  }

  @Test
  void noAmountIsSoLargeThatSumsOverflow() {
    JsonObject host =
        new JsonObject().put("Memory", Long.MAX_VALUE).put("NanoCpus", Long.MAX_VALUE);
    Needs needs = CreateRequest.newcomer("", new JsonObject().put("HostConfig", host)).needs();
    assertEquals(new Needs(1L << 50, 1L << 50, List.of()), needs);
  }

  @Test
  void whatWasReadIsLeftAsItWas() {
    JsonObject body =
        new JsonObject()
            .put("Image", "redis")
            .put("Memory", 1)
            .put("Env", new JsonArray().add("constraint:node==a"))
            .put("HostConfig", new JsonObject().put("NetworkMode", "host-1/net"));
    JsonObject before = body.copy();
    CreateRequest.read("", body, "", true, "feed");
    assertEquals(before, body);
  }

  @Test
  void sharesThatMeanCoresReserveThemAndAreConvertedForTheEngine() {
    JsonObject body =
        new JsonObject()
            .put("Image", "redis")
            .put("HostConfig", new JsonObject().put("CpuShares", 2));
    CreateRequest cores = CreateRequest.read("", body, "", true, "feed");
    assertEquals(2_000_000_000L, cores.demand().newcomer().needs().nanoCpus());
    JsonObject forEngine = CoreShares.of(cores.document(), 6);
    assertEquals(342, forEngine.getJsonObject("HostConfig").getInteger("CpuShares"));
    CreateRequest weight = CreateRequest.read("", body, "", false, "feed");
    assertEquals(0, weight.demand().newcomer().needs().nanoCpus());
    assertEquals(weight.document(), CoreShares.of(weight.document(), 6));
  }

  @ParameterizedTest
  @CsvSource({
    "linux/arm64,    linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux,          linux",
    "aarch64,        arm64",
    "linux/x86_64,   linux/amd64"
  })
  void platformsAreReadAsClientsWriteThem(String text, String expected) {
    assertEquals(expected, PlatformReader.read(text).condition());
  }

  @ParameterizedTest
  @CsvSource({
    "redis,                        redis:latest",
    "docker.io/library/redis:6,    redis:6",
    "localhost:5000/a/b,           localhost:5000/a/b:latest",
    "a/b@sha256:ab,                a/b@sha256:ab",
    "a/b:1@sha256:abababababababababababababababababababababababababababababababab, a/b@sha256:abababababababababababababababababababababababababababababababab",
    "No Reference, No Reference",
    "sha256:0123abcd,              sha256:0123abcd"
  })
  void imagesAreCalledAsEnginesListThem(String text, String expected) {
    assertEquals(expected, ImageReference.normal(text));
  }

  /** What is told of a running container reads back as what was asked for it. */
  @Test
  void needsSurviveTheWayThroughAnEngine() {
    JsonObject host =
        new JsonObject()
            .put("Memory", 5)
            .put("NanoCpus", 0)
            .put("NetworkMode", "bridge")
            .put("LogConfig", new JsonObject())
            .put(
                "PortBindings",
                new JsonObject()
                    .put("80/tcp", new JsonArray().add(new JsonObject().put("HostPort", "")))
                    .put("81/tcp", new JsonArray().add(new JsonObject().put("HostPort", "81"))));
    JsonObject kept = NeedsReader.kept(new JsonObject().put("HostConfig", host));
    assertEquals(3, kept.getJsonObject("HostConfig").size(), kept.encode());
    JsonObject entry =
        new JsonObject()
            .put(
                "Ports",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("IP", "0.0.0.0")
                            .put("PublicPort", 32768)
                            .put("PrivatePort", 80)
                            .put("Type", "tcp"))
                    .add(new JsonObject().put("PrivatePort", 90).put("Type", "tcp")));
    Needs needs = NeedsReader.needs(kept, entry);
    assertEquals(5, needs.memoryBytes());
    assertEquals("[81/tcp, 0.0.0.0:32768/tcp]", needs.ports().toString());
  }

  @Test
  void anExpressionInALabelIsCheckedToo() {
    JsonObject body =
        new JsonObject()
            .put("Labels", new JsonObject().put(SwarmLabel.CONSTRAINTS, "[\"nonsense\"]"));
    assertThrows(Invalid.class, () -> CreateRequest.read("", body, "", false, "feed"));
  }
}
