package io.dockherd.doors.docker.networks;

import io.dockherd.fleet.ContainerFact;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.networks.KnownNetwork;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The networks that running containers are on: for Docker the others are not in use.
 *
 * @param ids the engines' own
 */
record UsedNetworks(Set<String> ids) {
  UsedNetworks {
    ids = Set.copyOf(ids);
  }

  static UsedNetworks of(Fleet fleet) {
    Set<String> ids = new HashSet<>();
    for (ContainerFact container : fleet.containers()) {
      JsonObject networks = object(object(container.summary(), "NetworkSettings"), "Networks");
      for (Map.Entry<String, Object> network : networks) {
        if (network.getValue() instanceof JsonObject endpoint
            && !endpoint.getString("EndpointID", "").isEmpty()) {
          ids.add(endpoint.getString("NetworkID", ""));
        }
      }
    }
    return new UsedNetworks(ids);
  }

  private static JsonObject object(JsonObject json, String key) {
    return json.getValue(key) instanceof JsonObject object ? object : new JsonObject();
  }

  boolean has(KnownNetwork network) {
    return network.copies().stream().anyMatch(copy -> ids.contains(copy.id()));
  }
}
