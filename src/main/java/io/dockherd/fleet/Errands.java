package io.dockherd.fleet;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.members.Member;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What one node has another do, and the doing of it. */
final class Errands {
  /** Has a network of the herd at a node: {@code {"network":"4f1…","limitMillis":20000}}. */
  private static final String NETWORK = "network";

  private final OwnEngine beside;
  private final OwnEngines own;
  private final Neighbours neighbours;
  private final Names names;
  private final Map<String, Errand> all = new ConcurrentHashMap<>();

  /**
   * @param beside whose engine does what is asked for from here
   * @param own those that need not be asked over a relay
   */
  Errands(OwnEngine beside, OwnEngines own, Neighbours neighbours, Names names) {
    this.beside = beside;
    this.own = own;
    this.neighbours = neighbours;
    this.names = names;
    all.put(
        CreateCommand.NAME,
        (from, order) -> CarriedCreation.json(beside.maker().make(CreateCommand.of(order))));
    all.put(NETWORK, (from, order) -> networkHere(order));
    all.put(Names.CLAIM, (from, order) -> names.obey(Names.CLAIM, order));
    all.put(Names.RELEASE, (from, order) -> names.obey(Names.RELEASE, order));
  }

  /** One more; to be called before others can ask. */
  void add(String command, Errand errand) {
    if (all.putIfAbsent(command, errand) != null) {
      throw new IllegalStateException("command " + command + " is there already");
    }
  }

  /** The names of all there are. */
  Set<String> names() {
    return Set.copyOf(all.keySet());
  }

  /** As {@link HerdFleet#obey}. */
  JsonObject obey(String from, String command, JsonObject order) {
    Errand errand = all.get(command);
    if (errand == null) {
      throw new Invalid(
          command, "'" + command + "' is no command this node knows", "run the same version");
    }
    return errand.run(from, order);
  }

  /** As {@link Fleet#order}. */
  JsonObject order(Member self, Member node, String command, JsonObject order, Duration limit) {
    return own.of(node).isPresent()
        ? obey(self.name(), command, order)
        : neighbours.command(node, command, order, RelayHost.beforehand(limit));
  }

  private JsonObject networkHere(JsonObject order) {
    Duration limit = Duration.ofMillis(order.getLong("limitMillis"));
    String id = beside.networks().idHere(order.getString("network"), limit);
    return new JsonObject().put("id", id);
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
