package io.dockherd.fleet.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.scheduling.Needs;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsLabelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"memoryBytes\":5,\"nanoCpus\":7} | 5 | 7",
        "{\"memoryBytes\":5} | 5 | 0",
        "{\"memoryBytes\":-5,\"nanoCpus\":\"x\"} | 0 | 0",
        "not json | 100 | 9",
        "{} | 100 | 9",
      })
  void whatAContainerSaysItReservesWinsOverItsLimits(String label, long memory, long cpus) {
    JsonObject document =
        new JsonObject()
            .put("Labels", new JsonObject().put(NeedsReader.LABEL, label))
            .put("HostConfig", new JsonObject().put("Memory", 100).put("NanoCpus", 9));
    assertEquals(new Needs(memory, cpus, List.of()), NeedsReader.needs(document));
    assertEquals(
        new Needs(memory, cpus, List.of()),
        NeedsReader.needs(
            NeedsReader.kept(document),
            new JsonObject().put("Labels", document.getJsonObject("Labels"))));
  }
}
