package io.dockherd.doors.actions.templates;

import io.dockherd.Golden;
import io.dockherd.doors.actions.ActionsLab;
import io.dockherd.doors.actions.Reply;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What a template and a request make of each other. Above: the template (or null) and a create
 * request without its action, as one JSON list; below: the document the engine gets, or the answer.
 */
class TemplateRulesTest {
  @TestFactory
  List<DynamicTest> rules() throws IOException {
    return Golden.tests("io/dockherd/doors/actions/templates", TemplateRulesTest::apply);
  }

  private static String apply(String input) {
    List<?> parts = ((io.vertx.core.json.JsonArray) Json.decodeValue(input)).stream().toList();
    JsonObject request = ((JsonObject) parts.get(1)).put("action", "create-container");
    try (ActionsLab lab = new ActionsLab()) {
      if (parts.getFirst() instanceof JsonObject template) {
        lab.records.put(
            "templates/t", new JsonObject().put("document", template), java.time.Duration.ZERO);
        request.put("template", "t");
      }
      Reply reply = lab.perform(request.encode());
      return lab.fleet.ordered.isEmpty()
          ? reply.status() + " " + reply.body().toJsonObject().encodePrettily()
          : lab.fleet.ordered.getFirst().order().document().encodePrettily();
    }
  }
}
