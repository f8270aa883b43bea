package io.dockherd.fleet.watch;

import io.dockherd.fleet.requests.SwarmLabel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What it takes to make a container anew on another node, after its own is lost with everything it
 * knew: told beforehand as a fact of its own, and only for containers that are to be made anew.
 *
 * <pre>
 * {"name":"web","document":{"Image":"busybox",…,"HostConfig":{…},"NetworkingConfig":{…}},
 *  "networks":{"back":{"Aliases":["db"]}}}</pre>
 *
 * @param name without the leading slash
 * @param document in the engine's create syntax, with the first of its networks
 * @param networks the others, name → endpoint settings: engines before API 1.44 take but one at a
 *     creation
 */
public record Recreation(String name, JsonObject document, Map<String, JsonObject> networks) {
  private static final String ON_NODE_FAILURE = "on-node-failure";
  private static final int SHORT_ID = 12;

  /** What people say of an endpoint; the rest is what the engine made of it. */
  private static final List<String> ENDPOINT = List.of("IPAMConfig", "Links", "DriverOpts");

  public Recreation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(document, "document");
    networks = Map.copyOf(networks);
  }

  /** From an inspect answer; empty for a container that is not to be made anew. */
  public static Optional<Recreation> of(JsonObject inspected) {
    JsonObject config = object(inspected, "Config");
    if (!SwarmLabel.texts(object(config, "Labels"), SwarmLabel.RESCHEDULE)
        .contains(ON_NODE_FAILURE)) {
      return Optional.empty();
    }
    String shortId = inspected.getString("Id", "").replaceFirst("(.{" + SHORT_ID + "}).*", "$1");
    JsonObject document = config.copy();
    if (shortId.equals(document.getValue("Hostname"))) {
      document.remove("Hostname");
    }
    JsonObject host = object(inspected, "HostConfig").copy();
    if (host.getValue("Links") instanceof JsonArray links) {
      host.put("Links", links(links));
    }
    document.put("HostConfig", host);
    String mode = host.getString("NetworkMode", "default");
    JsonObject first = new JsonObject();
    TreeMap<String, JsonObject> others = new TreeMap<>();
    object(object(inspected, "NetworkSettings"), "Networks")
        .forEach(
            network -> {
              JsonObject endpoint = endpoint(network.getValue(), shortId);
              if (network.getKey().equals(mode)) {
                first.put(mode, endpoint);
              } else if (!isBuiltIn(network.getKey())) {
                others.put(network.getKey(), endpoint);
              }
            });
    if (!isBuiltIn(mode) && !first.isEmpty()) {
      document.put("NetworkingConfig", new JsonObject().put("EndpointsConfig", first));
    }
    String name = inspected.getString("Name", "").replaceFirst("^/", "");
    return Optional.of(new Recreation(name, document, others));
  }

  private static boolean isBuiltIn(String network) {
    return switch (network) {
      case "default", "bridge", "host", "none" -> true;
      default -> false;
    };
  }

  private static JsonObject endpoint(Object told, String shortId) {
    JsonObject endpoint = new JsonObject();
    if (told instanceof JsonObject settings) {
      for (String field : ENDPOINT) {
        if (settings.getValue(field) != null) {
          endpoint.put(field, settings.getValue(field));
        }
      }
      if (settings.getValue("Aliases") instanceof JsonArray aliases) {
        // The engine adds the old container's own id.
        List<Object> said = new ArrayList<>(aliases.stream().toList());
        said.remove(shortId);
        endpoint.put("Aliases", new JsonArray(said));
      }
    }
    return endpoint;
  }

  /** Inspect says {@code /db:/web/alias} where create wants {@code db:alias}. */
  private static JsonArray links(JsonArray told) {
    JsonArray links = new JsonArray();
    for (Object link : told) {
      String[] ends = String.valueOf(link).split(":", 2);
      String target = ends[0].replaceFirst("^/", "");
      links.add(
          ends.length == 1
              ? target
              : target + ":" + ends[1].substring(ends[1].lastIndexOf('/') + 1));
    }
    return links;
  }

  private static JsonObject object(JsonObject json, String key) {
    return json.getValue(key) instanceof JsonObject object ? object : new JsonObject();
  }

  /** The networks it is on that engines don't have by themselves. */
  public Set<String> networkNames() {
    Set<String> names = new HashSet<>(networks.keySet());
    names.addAll(object(object(document, "NetworkingConfig"), "EndpointsConfig").fieldNames());
    return names;
  }

  /** As a fact's value, and within a record. */
  public JsonObject json() {
    JsonObject others = new JsonObject();
    networks.forEach(others::put);
    return new JsonObject().put("name", name).put("document", document).put("networks", others);
  }

  /** As written by {@link #json}. */
  public static Recreation read(JsonObject json) {
    TreeMap<String, JsonObject> networks = new TreeMap<>();
    object(json, "networks")
        .forEach(network -> networks.put(network.getKey(), (JsonObject) network.getValue()));
    return new Recreation(json.getString("name", ""), object(json, "document"), networks);
  }
}
