package io.dockherd.doors.actions;

import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One member's facts in memory; listeners hear of a change before {@code tell} returns. */
public final class MemoryFacts implements Facts {
  private record Ear(String kind, FactsListener listener) {}

  private final String owner;
  private final List<Fact> facts = new CopyOnWriteArrayList<>();
  private final List<Ear> ears = new CopyOnWriteArrayList<>();
  public final List<String> forgotten = new CopyOnWriteArrayList<>();

  public MemoryFacts(String owner) {
    this.owner = owner;
  }

  @Override
  public void tell(String kind, String id, Buffer value) {
    Optional<Fact> before = find(kind, owner, id);
    before.ifPresent(facts::remove);
    Fact fact = new Fact(owner, kind, id, value);
    facts.add(fact);
    ears.stream()
        .filter(ear -> ear.kind().equals(kind))
        .forEach(ear -> ear.listener().onFact(fact, before));
  }

  @Override
  public void retract(String kind, String id) {
    find(kind, owner, id)
        .ifPresent(
            fact -> {
              facts.remove(fact);
              ears.stream()
                  .filter(ear -> ear.kind().equals(kind))
                  .forEach(ear -> ear.listener().onGone(fact, false));
            });
  }

  @Override
  public void tellAll(String kind, Map<String, Buffer> values) {
    values.forEach((id, value) -> tell(kind, id, value));
  }

  @Override
  public boolean settle(Duration limit) {
    return true;
  }

  @Override
  public List<Fact> of(String kind) {
    return facts.stream().filter(fact -> fact.kind().equals(kind)).toList();
  }

  @Override
  public List<Fact> of(String kind, String who) {
    return of(kind).stream().filter(fact -> fact.owner().equals(who)).toList();
  }

  @Override
  public Optional<Fact> find(String kind, String who, String id) {
    return of(kind, who).stream().filter(fact -> fact.id().equals(id)).findFirst();
  }

  @Override
  public List<Fact> lost(String kind) {
    return List.of();
  }

  @Override
  public void forget(String who) {
    forgotten.add(who);
  }

  @Override
  public void listen(String kind, FactsListener listener) {
    ears.add(new Ear(kind, listener));
  }
}
