package io.dockherd.doors.apps;

import io.dockherd.doors.Reply;
import io.dockherd.fleet.Fleet;
import io.dockherd.scheduling.NodeLoad;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * {@code GET /v1/images/{name}}: which nodes have an image, from facts; so that it is known before
 * apps are made of it whether it has to be built.
 *
 * <pre>{"image":"shop-web","nodes":["host-1"]}</pre>
 */
record ImageEndpoint(Fleet fleet) {
  static final String IMAGES = "/v1/images";

  ImageEndpoint {
    Objects.requireNonNull(fleet, "fleet");
  }

  List<Route> routes() {
    return List.of(Route.read(IMAGES, "", true, "image.inspect", this::inspect));
  }

  private Reply inspect(AppsCall call) {
    String image = call.subject().substring(1);
    JsonArray nodes = new JsonArray();
    fleet.loads().stream()
        .filter(load -> has(load, image))
        .map(NodeLoad::node)
        .sorted()
        .forEach(nodes::add);
    return Replies.json(new JsonObject().put("image", image).put("nodes", nodes));
  }

  private static boolean has(NodeLoad load, String image) {
    Set<String> names = load.contents().images();
    boolean isTagged = image.lastIndexOf(':') > image.lastIndexOf('/');
    return names.contains(image) || !isTagged && names.contains(image + ":latest");
  }
}
