package io.dockherd.fleet.requests;

import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.expressions.Expression;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names with their node in front, {@code host-1/web}, where a request names containers, networks
 * and volumes: an engine knows them without, and the request can only go to that node.
 */
final class NodePrefixes {
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";

  /** What may follow: the mount's target, a link's alias. */
  private static final Pattern PREFIXED =
      Pattern.compile("(" + NAME + ")/(" + NAME + "(?::.*)?)", Pattern.DOTALL);

  private final Set<String> nodes = new LinkedHashSet<>();

  private NodePrefixes() {}

  /** Cuts them off in place; the constraints that follow. */
  static List<Rule> cut(JsonObject document) {
    NodePrefixes prefixes = new NodePrefixes();
    prefixes.cutFrom(document);
    return prefixes.nodes.stream()
        .<Rule>map(node -> new Rule.Constraint(Expression.parse("node==" + node)))
        .toList();
  }

  private void cutFrom(JsonObject document) {
    JsonObject host = Fields.object(document, "HostConfig");
    for (String mode : List.of("NetworkMode", "IpcMode", "PidMode")) {
      if (host.getValue(mode) instanceof String text) {
        host.put(mode, mode(text));
      }
    }
    for (String list : List.of("Links", "VolumesFrom", "Binds")) {
      if (host.getValue(list) instanceof JsonArray array) {
        host.put(list, array(array));
      }
    }
    for (Object mount : Fields.array(host, "Mounts")) {
      if (mount instanceof JsonObject volume && Fields.text(volume, "Type").equals("volume")) {
        if (volume.getValue("Source") instanceof String source) {
          volume.put("Source", bare(source));
        }
      }
    }
    JsonObject networking = Fields.object(document, "NetworkingConfig");
    JsonObject endpoints = Fields.object(networking, "EndpointsConfig");
    if (!endpoints.isEmpty()) {
      JsonObject cut = new JsonObject();
      endpoints.forEach(
          endpoint -> cut.put(bare(endpoint.getKey()), endpoint(endpoint.getValue())));
      networking.put("EndpointsConfig", cut);
    }
  }

  private Object endpoint(Object settings) {
    if (settings instanceof JsonObject object
        && object.getValue("Links") instanceof JsonArray all) {
      object.put("Links", array(all));
    }
    return settings;
  }

  private String mode(String mode) {
    String container = "container:";
    return mode.startsWith(container)
        ? container + bare(mode.substring(container.length()))
        : bare(mode);
  }

  private JsonArray array(JsonArray array) {
    JsonArray cut = new JsonArray();
    array.forEach(entry -> cut.add(entry instanceof String text ? bare(text) : entry));
    return cut;
  }

  private String bare(String text) {
    Matcher prefixed = PREFIXED.matcher(text);
    if (!prefixed.matches()) {
      return text;
    }
    nodes.add(prefixed.group(1));
    return prefixed.group(2);
  }
}
