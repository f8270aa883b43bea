package io.dockherd.doors.docker.images;

import io.dockherd.doors.JsonFault;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.scheduling.Demand;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a build wants of its node, and the build arguments that are left when that is taken out. A
 * client cuts an argument at its first {@code =}: {@code constraint:node==host-1} comes as {@code
 * {"constraint:node":"=host-1"}}.
 *
 * @param arguments empty when the request had none
 */
record BuildDemand(Demand demand, Optional<JsonObject> arguments) {
  private static final String ARGUMENTS = "buildargs";
  private static final List<String> KINDS = List.of("constraint:", "affinity:", "whitelist:");

  /**
   * Reads it.
   *
   * @throws Invalid when an expression or the arguments can't be read
   */
  static BuildDemand of(DockerCall call) {
    Optional<JsonObject> arguments = arguments(call.query().text(ARGUMENTS));
    JsonArray wishes = new JsonArray();
    Nodes.constraints(call).forEach(text -> wishes.add("constraint:" + text));
    JsonObject left = new JsonObject();
    for (Map.Entry<String, Object> argument : arguments.orElseGet(JsonObject::new)) {
      String name = argument.getKey();
      if (KINDS.stream().anyMatch(name::startsWith)) {
        wishes.add(name + (argument.getValue() == null ? "" : "=" + argument.getValue()));
      } else {
        left.put(name, argument.getValue());
      }
    }
    JsonObject host = new JsonObject().put("Memory", memory(call));
    JsonObject document = new JsonObject().put("Env", wishes).put("HostConfig", host);
    Demand read =
        CreateRequest.read("", document, call.query().text("platform"), false, "").demand();
    Demand demand =
        new Demand(
            "a build", read.memoryBytes(), read.newcomer(), read.rules(), read.wishes(), Set.of());
    return new BuildDemand(demand, arguments.map(some -> left));
  }

  private static Optional<JsonObject> arguments(String text) {
    if (text.isEmpty() || text.equals("null")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JsonObject(text));
    } catch (DecodeException e) {
      throw new Invalid(ARGUMENTS, "error reading build args: " + JsonFault.of(e), "", e);
    }
  }

  private static long memory(DockerCall call) {
    String text = call.query().text("memory");
    try {
      return text.isEmpty() ? 0 : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new Invalid("memory", "'" + text + "' is no number of bytes", "", e);
    }
  }

  /**
   * What the engine is to get: without what was for us, and with {@code rm} where nothing is said
   * of it; that is the API's default, and engines take its absence for no.
   */
  EngineRequest cleaned(EngineRequest request) {
    EngineRequest bare = EngineWords.without(request, Nodes.QUERY);
    EngineRequest tidy = bare.query().containsKey("rm") ? bare : Build.with(bare, "rm", "1");
    return arguments.map(left -> Build.with(tidy, ARGUMENTS, left.encode())).orElse(tidy);
  }
}
