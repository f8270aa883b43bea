package io.dockherd.doors.marathon.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Golden;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.doors.marathon.definition.Definition;
import io.dockherd.doors.marathon.definition.Definitions;
import io.dockherd.doors.marathon.definition.NotValid;
import io.dockherd.doors.marathon.definition.Surroundings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Golden files: what is sent above the line, what comes of it below. */
class TranslationTest {
  private static final Surroundings AROUND = Surroundings.of(Set.of());

  @TestFactory
  List<DynamicTest> anAppBecomesAConfiguration() throws IOException {
    return Golden.tests("marathon/apps", TranslationTest::translated);
  }

  @TestFactory
  List<DynamicTest> whatIsWrongIsRefusedInMarathonsWords() throws IOException {
    return Golden.tests(
        "marathon/refused",
        said -> {
          try {
            return translated(said);
          } catch (NotValid e) {
            return e.json().encodePrettily();
          }
        });
  }

  /** {@code {"before":{…},"update":{…},"partial":true}}. */
  @TestFactory
  List<DynamicTest> anUpdateKeepsWhatItDoesNotSay() throws IOException {
    return Golden.tests("marathon/updates", TranslationTest::updated);
  }

  private static String translated(String said) {
    Definition definition = Definitions.create(new JsonObject(said), AROUND);
    AppConfig config = Translation.of(definition);
    assertEquals(config, AppConfig.of(new JsonObject(config.json().encode())));
    JsonObject json = AppConfig.of(config.json()).json();
    json.remove("origin");
    return new JsonObject()
        .put("instances", definition.instances())
        .put("document", definition.document())
        .put("config", json)
        .encodePrettily();
  }

  private static String updated(String said) {
    JsonObject both = new JsonObject(said);
    Definition before = Definitions.create(both.getJsonObject("before"), AROUND);
    JsonObject update = both.getJsonObject("update");
    try {
      Definition after =
          both.getBoolean("partial", true)
              ? Definitions.update(before, update, AROUND)
              : Definitions.replace(before.path(), update, Optional.of(before), AROUND);
      JsonObject changed = new JsonObject().put("instances", after.instances());
      after
          .document()
          .forEach(
              field -> {
                if (!field.getValue().equals(before.document().getValue(field.getKey()))) {
                  changed.put(field.getKey(), field.getValue());
                }
              });
      before.document().fieldNames().stream()
          .filter(name -> !after.document().containsKey(name))
          .forEach(changed::putNull);
      return changed.encodePrettily();
    } catch (NotValid e) {
      return e.json().encodePrettily();
    }
  }
}
