package io.dockherd.fleet.networks;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The networks a container's create document names, as its mode and as its endpoints:
 *
 * <pre>
 * {"HostConfig":{"NetworkMode":"app"},"NetworkingConfig":{"EndpointsConfig":{"app":{"Aliases":["web"]}}}}
 * </pre>
 */
final class NamedNetworks {
  private static final Set<String> NO_NETWORKS =
      Set.of("", "default", "bridge", "host", "none", "nat");

  private NamedNetworks() {}

  /** Each once, without those every engine has. */
  static Set<String> of(JsonObject document) {
    Set<String> named = new LinkedHashSet<>();
    if (object(document, "HostConfig").getValue("NetworkMode") instanceof String mode) {
      named.add(mode);
    }
    named.addAll(endpoints(document).fieldNames());
    named.removeAll(NO_NETWORKS);
    named.removeIf(name -> name.indexOf(':') >= 0);
    return named;
  }

  /** The same document with another name for one of them. */
  static JsonObject renamed(JsonObject document, String before, String after) {
    JsonObject renamed = document.copy();
    if (before.equals(object(renamed, "HostConfig").getValue("NetworkMode"))) {
      renamed.getJsonObject("HostConfig").put("NetworkMode", after);
    }
    JsonObject endpoints = endpoints(renamed);
    if (endpoints.containsKey(before)) {
      endpoints.put(after, endpoints.remove(before));
    }
    return renamed;
  }

  private static JsonObject endpoints(JsonObject document) {
    return object(object(document, "NetworkingConfig"), "EndpointsConfig");
  }

  private static JsonObject object(JsonObject json, String key) {
    return json.getValue(key) instanceof JsonObject object ? object : new JsonObject();
  }
}
