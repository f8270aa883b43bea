package io.dockherd.doors.docker.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.docker.Filters;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.networks.KnownNetwork.Copy;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFilterTest {
  private static final List<KnownNetwork> ALL =
      List.of(
          new KnownNetwork(
              "a1", "app", Reach.HERD, List.of(copy("host-1", "a1"), copy("host-2", "a2"))),
          new KnownNetwork(
              "b1", "bridge", Reach.BUILT_IN, List.of(copy("host-1", "b1"), copy("host-2", "b2"))),
          new KnownNetwork("c1", "own", Reach.NODE, List.of(copy("host-1", "c1"))),
          new KnownNetwork("c2", "own", Reach.NODE, List.of(copy("host-2", "c2"))),
          new KnownNetwork("d2", "idle", Reach.NODE, List.of(copy("host-2", "d2"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                | app bridge host-1/own host-2/own idle",
        "{'type':['custom']}               | app host-1/own host-2/own idle",
        "{'type':['builtin']}              | bridge",
        "{'type':['builtin','custom']}     | app bridge host-1/own host-2/own idle",
        "{'name':['^ap']}                  | app",
        "{'name':['host-2/own']}           | host-2/own",
        "{'name':['host']}                 | ''",
        "{'id':['a2']}                     | app",
        "{'id':['c']}                      | host-1/own host-2/own",
        "{'driver':['bridge']}             | app bridge host-1/own host-2/own idle",
        "{'driver':['overlay']}            | ''",
        "{'scope':['global']}              | ''",
        "{'label':['of=a1']}               | app",
        "{'label':['of=a1','gone']}        | ''",
        "{'node':['host']}                 | ''",
        "{'node':['host-1']}               | app bridge host-1/own",
        "{'dangling':['true']}             | host-1/own idle",
        "{'dangling':['false']}            | app bridge host-2/own",
      })
  void thoseThatFitAreShown(String filters, String shown) {
    assertEquals(shown, names(NameForm.PLAIN, filters));
  }

  @Test
  void theFormOfSwarmShowsEveryNodesOwn() {
    assertEquals(
        "app host-1/bridge host-2/bridge host-1/own host-2/own host-2/idle",
        names(NameForm.SWARM, "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'type':['x']}", "{'foo':['x']}", "{'dangling':['maybe']}"})
  void whatDockerRefusesIsRefused(String filters) {
    assertThrows(Invalid.class, () -> names(NameForm.PLAIN, filters));
  }

  @Test
  void labelsOfTheHerdAreNotShown() {
    JsonObject entry =
        new JsonObject()
            .put("Id", "x")
            .put("Labels", new JsonObject().put(HerdNetwork.LABEL, "itself").put("a", "b"));
    KnownNetwork network =
        new KnownNetwork("x", "x", Reach.HERD, List.of(new Copy("host-1", entry)));
    assertEquals(
        new JsonObject().put("a", "b"),
        new ShownNetworks(NameForm.PLAIN, List.of(network)).shown(network).getJsonObject("Labels"));
  }

  @ParameterizedTest
  @CsvSource({
    "24h, 2026-01-30T12:00:00Z",
    "1h30m, 2026-01-31T10:30:00Z",
    "1769860800, 2026-01-31T12:00:00Z",
    "1769860800.123, 2026-01-31T12:00:00Z",
    "2026-01-31T10:00:00Z, 2026-01-31T10:00:00Z",
    "2026-01-31T10:00:00+02:00, 2026-01-31T08:00:00Z",
  })
  void aMomentIsReadAsDockerReadsIt(String text, String moment) {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    assertEquals(Instant.parse(moment), Until.parse(text, now));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "12x", "2026-13-01", "99999999999999999999"})
  void whatIsNoMomentIsRefused(String text) {
    assertThrows(Invalid.class, () -> Until.parse(text, Instant.EPOCH));
  }

  private static String names(NameForm form, String filters) {
    NetworkFilter filter =
        new NetworkFilter(
            Filters.parse(filters.replace('\'', '"')),
            () -> new UsedNetworks(Set.of("a2", "b1", "c2")));
    ShownNetworks shown = new ShownNetworks(form, ALL);
    return String.join(
        " ", shown.apart(ALL).stream().filter(filter::admits).map(shown::name).toList());
  }

  private static Copy copy(String node, String id) {
    return new Copy(
        node,
        new JsonObject()
            .put("Id", id)
            .put("Driver", "bridge")
            .put("Scope", "local")
            .put("Labels", new JsonObject().put("of", id)));
  }
}
