package io.dockherd.doors.apps;

import io.dockherd.doors.Reply;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code GET /v1/images/{name}}: which nodes have an image, from facts; so that it is known before
 * apps are made of it whether it has to be built, and which one they are made of. Where nodes have
 * different ones by that name, the id is the newest one's.
 *
 * <pre>{"image":"shop-web","id":"sha256:…","nodes":["host-1"]}</pre>
 */
record ImageEndpoint(ImageIndex images) {
  static final String IMAGES = "/v1/images";

  ImageEndpoint {
    Objects.requireNonNull(images, "images");
  }

  List<Route> routes() {
    return List.of(Route.read(IMAGES, "", true, "image.inspect", this::inspect));
  }

  private Reply inspect(AppsCall call) {
    String image = call.subject().substring(1);
    List<KnownImage> found = find(image);
    JsonObject json = new JsonObject().put("image", image);
    found.stream().findFirst().ifPresent(newest -> json.put("id", newest.id()));
    List<String> nodes = found.stream().map(KnownImage::node).distinct().sorted().toList();
    return Replies.json(json.put("nodes", new JsonArray(nodes)));
  }

  /** By name alone: what looks like the beginning of an id may be a name as well. */
  private List<KnownImage> find(String image) {
    Optional<String> listed = Reference.find(image).map(Reference::listed);
    return listed.stream()
        .flatMap(name -> images.find(name).stream().filter(each -> isCalled(each, name)))
        .toList();
  }

  private static boolean isCalled(KnownImage image, String name) {
    return image.tags().contains(name) || image.digests().contains(name);
  }
}
