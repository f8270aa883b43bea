package io.dockherd.doors.marathon.definition;

import io.dockherd.apps.model.AppPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Makes {@link Definition}s of what clients send. All methods throw {@link NotValid}. */
public final class Definitions {
  private static final String INSTANCES = "instances";

  private static final Map<String, String> NEW_NAMES =
      Map.of("ports", "portDefinitions", "uris", "fetch");

  private Definitions() {}

  /** A new app; its id is in the document. */
  public static Definition create(JsonObject said, Surroundings around) {
    JsonObject read = read(said);
    if (!(read.getValue("id") instanceof String id)) {
      throw NotValid.rule("/id", "error.path.missing");
    }
    return complete(MarathonId.absolute(id, around.base()), read, Optional.empty(), around);
  }

  /**
   * An app at that path as an update wants it: what the update does not say is as it was, and at
   * its default where the update says null.
   *
   * @param before as it is
   */
  public static Definition update(Definition before, JsonObject said, Surroundings around) {
    JsonObject update = read(said);
    JsonObject merged = before.document().copy();
    said.forEach(
        field -> {
          if (field.getValue() == null) {
            merged.remove(NEW_NAMES.getOrDefault(field.getKey(), field.getKey()));
          }
        });
    replaces(update, merged, "ports", "portDefinitions");
    replaces(update, merged, "uris", "fetch");
    replaces(update, merged, "cmd", "args");
    replaces(update, merged, "args", "cmd");
    merged.put(INSTANCES, before.instances()).mergeIn(update);
    return complete(before.path().value(), merged, Optional.of(before), around);
  }

  /**
   * The whole app at that path.
   *
   * @param before as it is, if it is: it keeps its service ports
   */
  public static Definition replace(
      AppPath path, JsonObject said, Optional<Definition> before, Surroundings around) {
    return complete(path.value(), read(said), before, around);
  }

  /**
   * An app that was written in another dialect, as far as Marathon has words for it: filled in, not
   * checked, for it is there whatever it is.
   */
  public static JsonObject shown(JsonObject app) {
    return Defaults.fill(ModernForm.of(app, Optional.empty(), new Violations()));
  }

  /** Only the fields there are, each of its type. */
  private static JsonObject read(JsonObject said) {
    Violations wrong = new Violations();
    JsonObject read = AppShape.APP.read(said, "", wrong);
    wrong.raise(NotValid::types);
    return read;
  }

  /** Saying the one takes back the other, which says the same in another way. */
  private static void replaces(JsonObject update, JsonObject merged, String one, String other) {
    if (update.containsKey(one) && !update.containsKey(other)) {
      merged.remove(other);
    }
  }

  private static Definition complete(
      String id, JsonObject said, Optional<Definition> before, Surroundings around) {
    Violations wrong = new Violations();
    Optional<JsonObject> was = before.map(Definition::document);
    JsonObject app = ModernForm.of(said, was, wrong).put("id", id);
    int instances = app.getInteger(INSTANCES, 1);
    app.remove(INSTANCES);
    app = Defaults.fill(app);
    app.put("dependencies", absolute(app.getJsonArray("dependencies"), parent(id)));
    ServicePorts.give(app, was, around.servicePorts(), wrong);
    new AppRules(app, instances, wrong).check();
    wrong.raise(NotValid::rules);
    return new Definition(new AppPath(id), app, instances);
  }

  private static String parent(String id) {
    return id.substring(0, Math.max(0, id.lastIndexOf('/')));
  }

  private static JsonArray absolute(JsonArray ids, String base) {
    JsonArray all = new JsonArray();
    ids.forEach(id -> all.add(MarathonId.absolute((String) id, base)));
    return all;
  }
}
