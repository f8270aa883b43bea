package io.dockherd.fleet.networks;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A network as the herd's users know it, with all that stands for it on engines.
 *
 * @param id the one it is shown by; those of the copies are understood too
 * @param name as engines have it, without a node
 * @param copies at least one, by node
 */
public record KnownNetwork(String id, String name, Reach reach, List<Copy> copies) {
  /** Every engine has these from the beginning. */
  public static final Set<String> BUILT_IN = Set.of("bridge", "host", "none");

  /** How far a network reaches. */
  public enum Reach {
    /** Made through a door: on every node that has needed it, by one name and one id. */
    HERD,

    /** The engines' own {@code bridge}, {@code host} and {@code none}. */
    BUILT_IN,

    /** One network under several engines: an overlay. */
    GLOBAL,

    /** That of one node. */
    NODE
  }

  /**
   * It on an engine.
   *
   * @param entry of the engine's network list
   */
  public record Copy(String node, JsonObject entry) {
    /** The engine's id for it. */
    public String id() {
      return entry.getString("Id", "");
    }
  }

  public KnownNetwork {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(reach, "reach");
    copies = List.copyOf(copies);
    if (copies.isEmpty()) {
      throw new IllegalArgumentException("a network is somewhere: " + name);
    }
  }

  /** What it is on that node; empty when it is not there. */
  public Optional<Copy> on(String node) {
    return copies.stream().filter(copy -> copy.node().equals(node)).findFirst();
  }

  /** The one that gave it its id, or, when that is not there any more, the next. */
  public Copy first() {
    return copies.stream()
        .filter(copy -> copy.id().equals(id))
        .findFirst()
        .orElse(copies.getFirst());
  }

  /** The same as far as it is on that node; what is made elsewhere for it is not it. */
  Optional<KnownNetwork> only(String node) {
    List<Copy> there = copies.stream().filter(copy -> copy.node().equals(node)).toList();
    return there.isEmpty()
        ? Optional.empty()
        : Optional.of(new KnownNetwork(there.getFirst().id(), name, Reach.NODE, there));
  }

  boolean hasId(String wanted) {
    return ids().anyMatch(wanted::equals);
  }

  boolean hasIdFrom(String beginning) {
    return ids().anyMatch(one -> one.startsWith(beginning));
  }

  /** All it has ever been shown by as long as a copy tells of it, and the engines' own. */
  Stream<String> ids() {
    Stream<String> ofCopies =
        copies.stream().flatMap(copy -> Stream.of(copy.id(), HerdNetwork.id(copy.entry())));
    return Stream.concat(Stream.of(id), ofCopies).filter(one -> !one.isEmpty());
  }
}
