package io.dockherd.apps.stewards;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.model.AppPath;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Electorate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which node looks after which app, by the nodes that are present. */
public final class Duties {
  private final Members members;
  private volatile Held held = new Held(new Electorate(List.of()), Map.of());

  private record Held(Electorate nodes, Map<String, Optional<String>> stewards) {}

  /** Among those members. */
  public Duties(Members members) {
    this.members = members;
  }

  /** The name of the node that looks after an app; empty only if there is no node at all. */
  public Optional<String> steward(AppPath path) {
    Electorate now = Electorate.of(members.nodes());
    Held known = held;
    if (!known.nodes().equals(now)) {
      known = new Held(now, new ConcurrentHashMap<>());
      held = known;
    }
    return known
        .stewards()
        .computeIfAbsent(AppBook.key(path), key -> now.steward(key).map(Electorate.Voter::name));
  }

  /** Whether it is this one. */
  public boolean isOurs(AppPath path) {
    return steward(path).filter(members.self().name()::equals).isPresent();
  }
}
