package io.dockherd.doors.docker.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.docker.Filters;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeFilterTest {
  private static final List<KnownVolume> ALL =
      List.of(
          volume("data", "local", "local", "host-1"),
          volume("logs", "local", "local", "host-1"),
          volume("logs", "local", "local", "host-2"),
          volume("shared", "nfs", "global", "host-1", "host-2"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                          | data host-1/logs host-2/logs shared",
        "{'name':['a']}              | data shared",
        "{'name':['host-2/logs']}    | host-2/logs",
        "{'name':['host']}           | ''",
        "{'driver':['nfs']}          | shared",
        "{'label':['on=host-2']}     | host-2/logs",
        "{'label':['on']}            | data host-1/logs host-2/logs shared",
        "{'node':['host']}           | ''",
        "{'node':['host-2']}         | host-2/logs shared",
        "{'dangling':['1']}          | host-1/logs shared",
        "{'dangling':['false']}      | data host-2/logs",
      })
  void thoseThatFitAreShown(String filters, String shown) {
    assertEquals(shown, names(NameForm.PLAIN, filters));
  }

  @Test
  void theFormOfSwarmPrefixesLocalOnes() {
    assertEquals("host-1/data host-1/logs host-2/logs shared", names(NameForm.SWARM, "{}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'foo':['x']}", "{'dangling':['maybe']}", "{'dangling':['1','0']}"})
  void whatDockerRefusesIsRefused(String filters) {
    assertThrows(Invalid.class, () -> names(NameForm.PLAIN, filters));
  }

  @Test
  void itIsToldWhereItIs() {
    ShownVolumes shown = new ShownVolumes(NameForm.PLAIN, ALL);
    JsonObject data = shown.shown(ALL.getFirst());
    assertEquals("host-1", data.getJsonObject("Status").getString("Node"));
    assertEquals("data", data.getString("Name"));
  }

  private static String names(NameForm form, String filters) {
    VolumeFilter filter =
        new VolumeFilter(
            Filters.parse(filters.replace('\'', '"')), () -> Set.of("host-1/data", "host-2/logs"));
    ShownVolumes shown = new ShownVolumes(form, ALL);
    return String.join(" ", ALL.stream().filter(filter::admits).map(shown::name).toList());
  }

  private static KnownVolume volume(String name, String driver, String scope, String... nodes) {
    return new KnownVolume(
        name,
        List.of(nodes),
        new JsonObject()
            .put("Name", name)
            .put("Driver", driver)
            .put("Scope", scope)
            .put("Labels", new JsonObject().put("on", nodes[0])));
  }
}
