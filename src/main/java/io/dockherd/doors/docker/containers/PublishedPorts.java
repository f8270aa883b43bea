package io.dockherd.doors.docker.containers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Published ports with the address of their node: "0.0.0.0" says nothing to somebody who asks
 * another node. A port published on IPv4 and IPv6 alike is shown once.
 *
 * @param address of the node; a name or a loopback address is not put in
 */
record PublishedPorts(String address) {
  private static final Set<String> ANY = Set.of("", "0.0.0.0", "::");
  private static final Pattern IP = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** The {@code Ports} of a list's entry. */
  JsonArray listed(JsonArray ports) {
    JsonArray told = new JsonArray();
    Set<Object> seen = new HashSet<>();
    for (Object port : ports) {
      if (port instanceof JsonObject object) {
        JsonObject mine = object.copy();
        if (object.containsKey("PublicPort")) {
          replace(mine, "IP");
        }
        if (seen.add(mine)) {
          told.add(mine);
        }
      }
    }
    return told;
  }

  /** The {@code NetworkSettings.Ports} of an inspect answer. */
  JsonObject inspected(JsonObject ports) {
    JsonObject told = new JsonObject();
    ports.forEach(
        port ->
            told.put(
                port.getKey(),
                port.getValue() instanceof JsonArray bindings
                    ? bindings(bindings)
                    : port.getValue()));
    return told;
  }

  private JsonArray bindings(JsonArray bindings) {
    JsonArray told = new JsonArray();
    for (Object binding : bindings) {
      if (binding instanceof JsonObject object) {
        JsonObject mine = object.copy();
        replace(mine, "HostIp");
        if (!told.contains(mine)) {
          told.add(mine);
        }
      }
    }
    return told;
  }

  private void replace(JsonObject binding, String field) {
    boolean isFit = IP.matcher(address).matches() && !address.startsWith("127.");
    if (isFit && ANY.contains(binding.getString(field, ""))) {
      binding.put(field, address);
    }
  }
}
