package io.dockherd.apps.stewards;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.model.AppPath;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Electorate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Which node looks after which app, by the nodes that are present. */
public final class Duties {
  /** Of so many keys one is ours, however many nodes there are. */
  private static final int MOST_KEYS = 10_000;

  private final Members members;
  private volatile Held held = Held.of(List.of());

  /** What follows from who is present, as far as it has been asked for. */
  private record Held(
      List<Member> present, Electorate nodes, Map<String, Optional<String>> stewards) {
    static Held of(List<Member> present) {
      List<Member> nodes = present.stream().filter(Member::isNode).toList();
      return new Held(present, Electorate.of(nodes), new ConcurrentHashMap<>());
    }
  }

  /** Among those members. */
  public Duties(Members members) {
    this.members = members;
  }

  /** The name of the node that looks after an app; empty only if there is no node at all. */
  public Optional<String> steward(AppPath path) {
    return steward(AppBook.key(path));
  }

  private Optional<String> steward(String key) {
    List<Member> now = members.present();
    Held known = held;
    if (known.present() != now && !known.present().equals(now)) {
      known = Held.of(now);
      held = known;
    }
    Electorate nodes = known.nodes();
    return known
        .stewards()
        .computeIfAbsent(key, it -> nodes.steward(it).map(Electorate.Voter::name));
  }

  /** A key of records this node is the steward of; any will do. */
  String ownKey(String prefix) {
    String self = members.self().name();
    Electorate nodes = Electorate.of(members.nodes());
    return IntStream.range(0, MOST_KEYS)
        .mapToObj(i -> prefix + i)
        .filter(
            key -> nodes.steward(key).map(Electorate.Voter::name).filter(self::equals).isPresent())
        .findFirst()
        .orElse(prefix);
  }

  /** Whether it is this one. */
  public boolean isOurs(AppPath path) {
    return steward(path).filter(members.self().name()::equals).isPresent();
  }
}
