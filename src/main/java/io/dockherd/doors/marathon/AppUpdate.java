package io.dockherd.doors.marathon;

import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.definition.Definition;
import io.dockherd.doors.marathon.definition.Definitions;
import io.dockherd.doors.marathon.definition.MarathonId;
import io.dockherd.doors.marathon.definition.NotValid;
import io.dockherd.doors.marathon.definition.Surroundings;
import io.dockherd.failure.Conflict;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What an update asks for: a number, a version, or another configuration. */
final class AppUpdate {
  private static final String VERSION = "version";
  private static final String INSTANCES = "instances";

  private AppUpdate() {}

  /**
   * Whether it names a version to go back to.
   *
   * @throws NotValid when it does and says more
   */
  static boolean isVersion(JsonObject said) {
    if (said.getValue(VERSION) == null) {
      return false;
    }
    if (!fields(said).equals(Set.of(VERSION)) || !(said.getValue(VERSION) instanceof String)) {
      throw NotValid.rule("/", "The 'version' field may only be combined with the 'id' field.");
    }
    return true;
  }

  /** Whether it is about the number of instances alone. */
  static boolean isScale(JsonObject said) {
    return fields(said).equals(Set.of(INSTANCES)) && said.getValue(INSTANCES) instanceof Integer;
  }

  /** That number. */
  static int instances(JsonObject said) {
    int instances = said.getInteger(INSTANCES);
    if (instances < 0) {
      throw NotValid.rule("/instances", "got " + instances + ", expected 0 or more");
    }
    return instances;
  }

  private static Set<String> fields(JsonObject said) {
    Set<String> fields = new HashSet<>(said.fieldNames());
    fields.remove("id");
    return fields;
  }

  /** The app as it is to be. */
  static Definition of(ShownApp before, JsonObject said, boolean isPartial, Surroundings around) {
    if (said.getValue(VERSION) != null) {
      throw NotValid.rule("/", "The 'version' field may only be combined with the 'id' field.");
    }
    if (!before.view().revision().id().equals(before.view().app().revision())) {
      // Merged into what it was before, the update would take back what is about to arrive.
      throw new Conflict(
          before.id(), before.id() + " has just been changed at another node", "ask again");
    }
    Optional<Definition> was = before.definition();
    if (was.isEmpty() && isPartial) {
      throw NotValid.rule(
          "/",
          "this app was written as "
              + before.view().revision().config().origin().dialect()
              + ": change it there, or send the whole app with partialUpdate=false; its instances"
              + " can be changed here");
    }
    return isPartial
        ? Definitions.update(was.get(), said, around)
        : Definitions.replace(before.path(), said, was, around);
  }

  /** The id an app of a list has. */
  static String id(JsonObject said) {
    if (said.getValue("id") instanceof String id) {
      return id;
    }
    throw NotValid.rule("/id", "error.path.missing");
  }

  /** An absolute id as a path. */
  static AppPath path(String id) {
    MarathonId.objection(id)
        .ifPresent(
            why -> {
              throw NotValid.rule("/id", why);
            });
    return new AppPath(id);
  }
}
