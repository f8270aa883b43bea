package io.dockherd.fleet;

import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.fleet.requests.ImageReference;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.Tenant;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/** One container of a {@link CreateOrder} on its way through the herd. */
record Order(String herd, CreateOrder order, TimeLeft left) {
  /** What it wants of a node. */
  Demand demand() {
    return order.demand().orElseGet(this::plainDemand);
  }

  private Demand plainDemand() {
    Object image = order.document().getValue("Image", "");
    JsonObject host =
        order.document().getValue("HostConfig") instanceof JsonObject config
            ? config
            : new JsonObject();
    // A reservation is what a container needs; a limit is only what it may not exceed.
    long memory =
        host.getValue("MemoryReservation") instanceof Number bytes ? bytes.longValue() : 0;
    return new Demand("a container of image " + image, Math.max(0, memory), Set.of());
  }

  /**
   * What it wants of the next node, after one has refused. When one lacked the image, only those
   * are asked that have it, if facts know of any: Swarm's image affinity, without being asked for.
   */
  Demand after(Creation outcome, Demand demand) {
    return order.demand().isPresent() && Maker.isImageMissing(outcome)
        ? demand.demanding(new Rule.Image(ImageReference.normal(image())))
        : demand;
  }

  /** What it is made from, as the document has it. */
  String image() {
    return order.document().getValue("Image") instanceof String image ? image : "";
  }

  /** The container, as the next ones will find it. */
  Tenant newcomer() {
    return CreateRequest.newcomer(order.name(), order.document());
  }

  /** What is sent to a node first, marked as that create call's: an image it lacks is an answer. */
  CreateCommand command(String creation) {
    Duration whole = left.get();
    Duration limit = order.attempt().compareTo(whole) < 0 ? order.attempt() : whole;
    return command(creation, false, limit);
  }

  /** What is sent to a node that lacks the image. */
  CreateCommand pullingCommand(String creation) {
    return command(creation, true, left.get());
  }

  private CreateCommand command(String creation, boolean pull, Duration limit) {
    JsonObject document = order.document().copy();
    Object labels = document.getValue("Labels");
    if (labels == null || labels instanceof JsonObject) {
      JsonObject marked = labels == null ? new JsonObject() : (JsonObject) labels;
      marked.put(KnownContainer.HERD_LABEL, herd).put(KnownContainer.CREATION_LABEL, creation);
      if (!order.seal().isEmpty()) {
        marked.put(order.seal(), KnownContainer.seal(creation, order.name()));
      }
      document.put("Labels", marked);
    }
    return new CreateCommand(
        order.name(),
        document,
        pull,
        order.pull(),
        order.registryAuth(),
        creation,
        order.demand().isPresent(),
        order.platform(),
        limit);
  }
}
