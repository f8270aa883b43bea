package io.dockherd.fleet;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.members.Member;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one node has another do, and the doing of it. */
final class Errands {
  /** Has a network of the herd at a node: {@code {"network":"4f1…","limitMillis":20000}}. */
  private static final String NETWORK = "network";

  /** All there are. */
  static final List<String> NAMES =
      List.of(CreateCommand.NAME, Names.CLAIM, Names.RELEASE, NETWORK);

  private final OwnEngine beside;
  private final OwnEngines own;
  private final Neighbours neighbours;
  private final Names names;

  /**
   * @param beside whose engine does what is asked for from here
   * @param own those that need not be asked over a relay
   */
  Errands(OwnEngine beside, OwnEngines own, Neighbours neighbours, Names names) {
    this.beside = beside;
    this.own = own;
    this.neighbours = neighbours;
    this.names = names;
  }

  /** As {@link HerdFleet#obey}. */
  JsonObject obey(String command, JsonObject order) {
    return switch (command) {
      case CreateCommand.NAME -> CarriedCreation.json(beside.maker().make(CreateCommand.of(order)));
      case NETWORK -> {
        Duration limit = Duration.ofMillis(order.getLong("limitMillis"));
        String id = beside.networks().idHere(order.getString("network"), limit);
        yield new JsonObject().put("id", id);
      }
      case Names.CLAIM, Names.RELEASE -> names.obey(command, order);
      default ->
          throw new Invalid(
              command, "'" + command + "' is no command this node knows", "run the same version");
    };
  }

  /** As {@link Fleet#networkOn}. */
  String network(Member node, String reference, Duration limit) {
    Optional<OwnEngine> near = own.of(node);
    if (near.isPresent()) {
      return near.get().networks().idHere(reference, limit);
    }
    JsonObject order =
        new JsonObject()
            .put("network", reference)
            .put("limitMillis", RelayHost.beforehand(limit).toMillis());
    return neighbours.command(node, NETWORK, order, limit).getString("id");
  }
}
