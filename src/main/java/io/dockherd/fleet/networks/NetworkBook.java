package io.dockherd.fleet.networks;

import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.networks.KnownNetwork.Copy;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** All networks of the present nodes, read from facts; made anew only when one has changed. */
public final class NetworkBook {
  private static final Pattern ID_PREFIX = Pattern.compile("[0-9a-f]{1,64}");
  private static final int SHORT_ID = 12;

  private final Facts facts;
  private volatile Reading reading = new Reading(List.of(), List.of(), Set.of());

  private record Reading(List<Fact> facts, List<KnownNetwork> networks, Set<String> ofTheHerd) {}

  /** Those of these facts. */
  public NetworkBook(Facts facts) {
    this.facts = Objects.requireNonNull(facts, "facts");
  }

  /** All of them, by name, then by node. */
  public List<KnownNetwork> all() {
    return read().networks;
  }

  /** The names and ids of those that any node can have; the same set while nothing changes. */
  public Set<String> namesOfTheHerd() {
    return read().ofTheHerd;
  }

  /** Those of that name. */
  public List<KnownNetwork> named(String name) {
    return all().stream().filter(network -> network.name().equals(name)).toList();
  }

  /**
   * The one a caller means: by an id of it, its name, the beginning of an id, or one of these on a
   * node, {@code host-1/app}; then only what it is there.
   *
   * @throws NotFound in Docker's words
   * @throws Ambiguous when several fit; candidates as {@code node/name} or short ids
   */
  public KnownNetwork find(String reference) {
    return look(all(), reference)
        .orElseThrow(
            () ->
                new NotFound(
                    reference, "network " + reference + " not found" + mention(reference), ""));
  }

  /**
   * The same among what engines have said themselves.
   *
   * @throws Ambiguous when several fit
   */
  public static Optional<KnownNetwork> among(List<Copy> told, String reference) {
    return look(networks(told), reference);
  }

  /** The network of the herd of that name or id; empty when it is another or none. */
  public Optional<KnownNetwork> ofTheHerd(String reference) {
    return look(all(), reference).filter(network -> network.reach() == Reach.HERD);
  }

  /** The nodes that have gone and had a copy of it. */
  public List<String> lostWith(KnownNetwork network) {
    return facts.lost(FactKind.NETWORK).stream()
        .filter(fact -> isCopy(network, fact.json()))
        .map(Fact::owner)
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isCopy(KnownNetwork network, JsonObject entry) {
    return network.reach() == Reach.HERD
        && !HerdNetwork.id(entry).isEmpty()
        && network.name().equals(entry.getString("Name"));
  }

  private String mention(String reference) {
    String bare = reference.substring(reference.indexOf('/') + 1);
    return facts.lost(FactKind.NETWORK).stream()
        .filter(fact -> bare.equals(fact.json().getString("Name")))
        .map(fact -> "; one of that name was on " + fact.owner() + ", which has gone")
        .findFirst()
        .orElse("");
  }

  private static Optional<KnownNetwork> look(List<KnownNetwork> all, String reference) {
    int slash = reference.indexOf('/');
    String wanted = reference.substring(slash + 1);
    if (slash < 0) {
      return fitting(all, reference, wanted);
    }
    String node = reference.substring(0, slash);
    List<KnownNetwork> there =
        all.stream().filter(network -> network.on(node).isPresent()).toList();
    return fitting(there, reference, wanted).flatMap(network -> network.only(node));
  }

  private static Optional<KnownNetwork> fitting(
      List<KnownNetwork> networks, String reference, String wanted) {
    return only(reference, networks, network -> network.hasId(wanted))
        .or(() -> only(reference, networks, network -> network.name().equals(wanted)))
        .or(() -> byPrefix(reference, wanted, networks));
  }

  private static Optional<KnownNetwork> byPrefix(
      String reference, String wanted, List<KnownNetwork> among) {
    return ID_PREFIX.matcher(wanted).matches()
        ? only(reference, among, network -> network.hasIdFrom(wanted))
        : Optional.empty();
  }

  private static Optional<KnownNetwork> only(
      String reference, List<KnownNetwork> among, Predicate<KnownNetwork> fits) {
    List<KnownNetwork> found = among.stream().filter(fits).toList();
    if (found.size() > 1) {
      throw new Ambiguous(reference, found.stream().map(network -> apart(network, found)).toList());
    }
    return found.stream().findFirst();
  }

  /** What means it, and none of the others, when it is asked for next. */
  private static String apart(KnownNetwork network, List<KnownNetwork> others) {
    String name = onNode(network);
    boolean isPlain =
        network.reach() == Reach.NODE
            && others.stream().filter(other -> onNode(other).equals(name)).count() == 1;
    String id = network.id();
    return isPlain ? name : id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  private static String onNode(KnownNetwork network) {
    return network.first().node() + "/" + network.name();
  }

  private Reading read() {
    List<Fact> now = facts.of(FactKind.NETWORK);
    Reading before = reading;
    if (Fact.areSame(before.facts, now)) {
      return before;
    }
    List<KnownNetwork> networks = of(now);
    Set<String> names = new HashSet<>();
    for (KnownNetwork network : networks) {
      if (network.reach() == Reach.HERD) {
        names.add(network.name());
        network.ids().forEach(names::add);
      }
    }
    Reading next = new Reading(now, networks, Set.copyOf(names));
    reading = next;
    return next;
  }

  /** The networks some facts tell of. */
  static List<KnownNetwork> of(List<Fact> facts) {
    return networks(facts.stream().map(fact -> new Copy(fact.owner(), fact.json())).toList());
  }

  private static List<KnownNetwork> networks(List<Copy> each) {
    Map<String, List<Copy>> copies = new LinkedHashMap<>();
    for (Copy copy : each) {
      copies.computeIfAbsent(key(copy), key -> new ArrayList<>()).add(copy);
    }
    List<KnownNetwork> all = new ArrayList<>();
    copies.values().forEach(some -> all.add(network(some)));
    all.sort(
        Comparator.comparing(KnownNetwork::name)
            .thenComparing(network -> network.first().node())
            .thenComparing(KnownNetwork::id));
    return List.copyOf(all);
  }

  private static String key(Copy copy) {
    return switch (reach(copy)) {
      // By the name: what both sides of a split made, or a node that was away has kept, is the one
      // network its users mean.
      case HERD -> "herd/" + copy.entry().getString("Name");
      case BUILT_IN -> copy.entry().getString("Name");
      case GLOBAL -> copy.id();
      case NODE -> copy.node() + "/" + copy.id();
    };
  }

  private static Reach reach(Copy copy) {
    if (!HerdNetwork.id(copy.entry()).isEmpty()) {
      return Reach.HERD;
    }
    if (KnownNetwork.BUILT_IN.contains(copy.entry().getString("Name", ""))) {
      return Reach.BUILT_IN;
    }
    return copy.entry().getString("Scope", "local").equals("local") ? Reach.NODE : Reach.GLOBAL;
  }

  private static String idOfTheOldest(List<Copy> copies) {
    Copy oldest =
        copies.stream()
            .min(Comparator.comparing(copy -> copy.entry().getString("Created", "")))
            .orElseThrow();
    return HerdNetwork.id(oldest.entry());
  }

  private static KnownNetwork network(List<Copy> copies) {
    Copy one = copies.getFirst();
    Reach reach = reach(one);
    String id = reach == Reach.HERD ? idOfTheOldest(copies) : one.id();
    return new KnownNetwork(id, one.entry().getString("Name", ""), reach, copies);
  }
}
