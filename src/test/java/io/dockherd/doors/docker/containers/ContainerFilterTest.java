package io.dockherd.doors.docker.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.docker.Filters;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's list filters against one container: web on host-1, exited with 3. */
class ContainerFilterTest {
  private static final String ID = "4f1c".repeat(16);

  private static Sight exited() {
    JsonObject entry =
        new JsonObject()
            .put("Id", ID)
            .put("Names", new JsonArray().add("/web"))
            .put("Image", "busybox")
            .put("Status", "")
            .put("Labels", new JsonObject().put("tier", "front").put("io.dockherd.node", "host-1"))
            .put(
                "Ports",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("PrivatePort", 80)
                            .put("PublicPort", 8080)
                            .put("Type", "tcp"))
                    .add(new JsonObject().put("PrivatePort", 53).put("Type", "udp")))
            .put(
                "Mounts",
                new JsonArray().add(new JsonObject().put("Name", "data").put("Destination", "/d")))
            .put(
                "NetworkSettings",
                new JsonObject()
                    .put(
                        "Networks",
                        new JsonObject().put("mine", new JsonObject().put("NetworkID", "abc123"))));
    JsonObject status =
        new JsonObject()
            .put("state", "exited")
            .put("started", 1L)
            .put("finished", 2L)
            .put("exit", 3);
    KnownContainer known =
        KnownContainer.of(
            new JsonObject()
                .put("created", 1L)
                .put("status", status)
                .put("entry", entry)
                .toBuffer());
    return new Sight("host-1", known, known, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                     | true",
        "{\"name\":[\"we\"]}                    | true",
        "{\"name\":[\"^/web$\"]}                | true",
        "{\"name\":[\"host\"]}                  | false",
        "{\"name\":[\"host-1/web\"]}            | true",
        "{\"name\":[\"^/host-2/web\"]}          | false",
        "{\"id\":[\"4f1c4f\"]}                  | true",
        "{\"id\":[\"99\"]}                      | false",
        "{\"label\":[\"tier=front\"]}           | true",
        "{\"label\":[\"tier=front\",\"x\"]}     | false",
        "{\"label\":[\"io.dockherd.node=host-1\"]} | true",
        "{\"status\":[\"exited\"]}              | true",
        "{\"status\":[\"running\",\"paused\"]}  | false",
        "{\"exited\":[\"3\"]}                   | true",
        "{\"exited\":[\"0\"]}                   | false",
        "{\"health\":[\"none\"]}                | true",
        "{\"health\":[\"healthy\"]}             | false",
        "{\"volume\":[\"data\"]}                | true",
        "{\"volume\":[\"/d\"]}                  | true",
        "{\"volume\":[\"dat\"]}                 | false",
        "{\"network\":[\"mine\"]}               | true",
        "{\"network\":[\"abc\"]}                | true",
        "{\"network\":[\"min\"]}                | false",
        "{\"publish\":[\"8080\"]}               | true",
        "{\"publish\":[\"8000-8100/tcp\"]}      | true",
        "{\"publish\":[\"80\"]}                 | false",
        "{\"expose\":[\"53/udp\"]}              | true",
        "{\"expose\":[\"53\"]}                  | false",
        "{\"is-task\":[\"false\"]}              | true",
        "{\"is-task\":[\"true\"]}               | false",
        "{\"node\":[\"host-1\"]}                | true",
        "{\"node\":[\"^host-2$\"]}              | false",
        "{\"name\":[\"web\"],\"node\":[\"host-2\"]} | false"
      })
  void aFilterAdmitsOrNot(String filters, boolean isShown) {
    assertEquals(isShown, ContainerFilter.of(Filters.parse(filters)).admits(exited()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"foo\":[\"x\"]}",
        "{\"status\":[\"sleeping\"]}",
        "{\"health\":[\"ill\"]}",
        "{\"exited\":[\"x\"]}",
        "{\"publish\":[\"http\"]}",
        "{\"publish\":[\"70000\"]}",
        "{\"expose\":[\"9-1\"]}",
        "{\"is-task\":[\"perhaps\"]}"
      })
  void whatDockerDoesNotKnowIsRefused(String filters) {
    assertThrows(Invalid.class, () -> ContainerFilter.of(Filters.parse(filters)));
  }
}
