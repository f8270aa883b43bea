package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.CreateOrder;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.requests.CreateRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code POST /containers/create}: on the node where it fits, by all the request says in classic
 * Swarm's way and by all it names. An image that only other nodes have is fetched from one of them;
 * one that none has is not: Docker's clients pull it when they are told that it is missing.
 *
 * @param sharesAreCores whether {@code --cpu-shares} counts cores
 * @param random for the ids containers keep wherever they are moved
 */
public record CreateContainer(Fleet fleet, boolean sharesAreCores, RandomGenerator random) {
  /** An engine that copies an image's volumes takes its time; one that hangs is given up. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** An image that only another node has is fetched from there first. */
  private static final Duration FETCHED = Duration.ofHours(1);

  private static final int ID_BYTES = 32;

  public CreateContainer {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(random, "random");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.change("POST", "/containers/create", "container.create", this::answer));
  }

  private Reply answer(DockerCall call) {
    String name = call.query().text("name");
    String platform = call.query().text("platform");
    CreateRequest request =
        CreateRequest.read(name, object(call), platform, sharesAreCores, swarmId());
    CreateOrder order =
        new CreateOrder(
            name,
            request.document(),
            false,
            "",
            FETCHED,
            LIMIT,
            Optional.of(request.demand()),
            platform);
    return switch (fleet.create(order, 1).getFirst()) {
      case Creation.Created created -> Replies.of(created.response());
      case Creation.Declined declined -> Replies.of(declined.response());
      case Creation.Failed(var node, Conflict taken, var before) ->
          throw TakenName.told(fleet, name);
      case Creation.Failed failed -> throw failed.failure();
    };
  }

  private static JsonObject object(DockerCall call) {
    JsonObject body = call.json();
    if (body.isEmpty()) {
      throw new Invalid("body", "config cannot be empty in order to create a container", "");
    }
    return body;
  }

  private String swarmId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
