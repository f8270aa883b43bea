package io.dockherd.fleet;

import io.dockherd.failure.Conflict;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names this node is asked to keep for somebody: of containers that are just being made or
 * renamed. In memory only, for as long as that takes.
 */
final class RunningClaims implements Facts.FactsListener {
  /** How long a name that was taken is kept while facts don't show it. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);

  private final NameBook names;
  private final Map<String, Claim> claims = new ConcurrentHashMap<>();

  /** One of them. */
  private record Claim(String mark, String holder, String life, long untilNanos, boolean isTaken) {}

  RunningClaims(NameBook names) {
    this.names = names;
  }

  /**
   * A claim: <code>{"name":"web","mark":"07d1…","holder":"host-1","life":"7b0c…",
   * "limitMillis":15000}</code>, where the life is the holder's peer id.
   *
   * @throws Conflict when the name is in use, or claimed by another
   */
  JsonObject claim(JsonObject order) {
    String name = order.getString("name");
    String mark = order.getString("mark");
    String holder = order.getString("holder");
    String life = order.getString("life");
    names.owner(name).ifPresent(owner -> refuse(name, "in use by " + owner));
    long now = System.nanoTime();
    // Those nobody has let go of and nobody asks for again would stay for ever.
    claims.entrySet().removeIf(each -> isOver(each.getValue(), now));
    long until = now + Duration.ofMillis(order.getLong("limitMillis")).toNanos();
    Claim claim =
        claims.compute(
            name,
            (key, before) ->
                before == null || before.mark.equals(mark) || isOver(before, now)
                    ? new Claim(mark, holder, life, until, false)
                    : before);
    if (!claim.mark.equals(mark)) {
      refuse(name, "just being given to a container by " + claim.holder);
    }
    // It may have come into use between the look at the facts and the claim.
    names
        .owner(name)
        .ifPresent(
            owner -> {
              claims.computeIfPresent(name, (key, mine) -> mine.mark.equals(mark) ? null : mine);
              refuse(name, "in use by " + owner);
            });
    return new JsonObject().put("held", true);
  }

  /** Its end: <code>{"name":"web","mark":"07d1…","taken":true}</code>. */
  JsonObject release(JsonObject order) {
    String name = order.getString("name");
    String mark = order.getString("mark");
    boolean isTaken = order.getBoolean("taken", false) && !names.shows(name);
    long until = System.nanoTime() + SHOWN_WITHIN.toNanos();
    claims.computeIfPresent(
        name,
        (key, claim) -> {
          if (!claim.mark.equals(mark)) {
            return claim;
          }
          return isTaken ? new Claim(mark, claim.holder, claim.life, until, true) : null;
        });
    return new JsonObject();
  }

  /** What was taken and is shown is kept no longer: from now on facts stand for it. */
  @Override
  public void onFact(Fact fact, Optional<Fact> before) {
    if (!claims.isEmpty()) {
      KnownContainer.of(fact.value())
          .names()
          .forEach(
              name -> claims.computeIfPresent(name, (key, claim) -> claim.isTaken ? null : claim));
    }
  }

  @Override
  public void onGone(Fact fact, boolean lost) {}

  /** A holder whose process has gone lets go of what it had not taken yet. */
  private boolean isOver(Claim claim, long now) {
    return now - claim.untilNanos >= 0 || !claim.isTaken && !names.isPresent(claim.life);
  }

  /** How many there are. */
  int count() {
    return claims.size();
  }

  private static void refuse(String name, String how) {
    throw new Conflict(
        name,
        "the container name '" + name + "' is " + how,
        "remove or rename that container, or choose another name");
  }
}
