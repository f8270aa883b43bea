package io.dockherd.apps.planning;

import io.dockherd.apps.Step;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Revision;
import io.dockherd.scheduling.NodeLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Starts instances, as far as they may be started and there is room; remembers why not. */
final class Starting {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int TOKEN = 8;

  /** The next look goes on: while one app gets its places, the others of its steward wait. */
  private static final int MOST_AT_ONCE = 100;

  private final Situation situation;
  private final Placing placing;
  private final RandomGenerator random;
  private final Set<Integer> used;
  private final List<Step> steps = new ArrayList<>();
  private Optional<Waiting> waiting = Optional.empty();

  /** Below it no slot is free. */
  private int lowest = 1;

  Starting(Census census, Placing placing, RandomGenerator random) {
    this.situation = census.situation();
    this.placing = placing;
    this.random = random;
    this.used = census.usedSlots();
  }

  List<Step> steps() {
    return steps;
  }

  Optional<Waiting> waiting() {
    return waiting;
  }

  /** Says why some are not started, unless that has been said already. */
  void waits(int count, Instant until, String reason, Map<String, String> nodes) {
    if (waiting.isEmpty() && count > 0) {
      waiting = Optional.of(new Waiting(count, situation.now(), until, reason, nodes));
    }
  }

  /**
   * Starts so many of a revision, as far as one look goes.
   *
   * @param allowed why a node is out of the question; empty when it is not
   * @return how many were placed
   */
  int start(
      Revision revision, int count, String reason, Function<NodeLoad, Optional<String>> allowed) {
    if (count <= 0 || isKept(revision, count)) {
      return 0;
    }
    int now = Math.min(count, MOST_AT_ONCE - steps.size());
    for (int placed = 0; placed < now; placed++) {
      int slot = nextSlot();
      Optional<String> node = placing.place(revision, slot, atHome(revision, slot, allowed));
      if (node.isEmpty()) {
        waits(
            count - placed,
            Instant.EPOCH,
            "no node can take an instance of revision " + revision.id(),
            placing.reasons());
        return placed;
      }
      run(revision, slot, node.get(), reason);
    }
    return Math.max(0, now);
  }

  /** Starts one there, which has been found to fit. */
  InstanceId run(Revision revision, int slot, String node, String reason) {
    InstanceId id = new InstanceId(slot, token());
    used.add(slot);
    steps.add(new Step.Run(situation.app().path(), id, revision.id(), node, reason));
    return id;
  }

  /** The lowest slot that is free. */
  int nextSlot() {
    while (used.contains(lowest)) {
      lowest++;
    }
    return lowest;
  }

  private String token() {
    StringBuilder token = new StringBuilder(TOKEN);
    for (int i = 0; i < TOKEN; i++) {
      token.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return token.toString();
  }

  /** What keeps any instance of it from being started now, wherever. */
  private boolean isKept(Revision revision, int count) {
    AppConfig config = situation.config();
    if (situation.missing().isPresent()) {
      waits(count, Instant.EPOCH, situation.missing().get(), Map.of());
      return true;
    }
    if (config.onSplit() == OnSplit.MAJORITY && !situation.ground().mayReplace()) {
      waits(
          count,
          Instant.EPOCH,
          "half of the known nodes or more are away, and the app asks for a majority",
          Map.of());
      return true;
    }
    Instant until = backoff(situation, revision);
    if (until.isAfter(situation.now())) {
      waits(count, until, "instances of revision " + revision.id() + " have failed", Map.of());
      return true;
    }
    return false;
  }

  /** When the next one of that revision may be started. */
  static Instant backoff(Situation situation, Revision revision) {
    Outcomes.Row row = situation.outcomes().row();
    Duration wait = revision.config().backoff().after(row.countOf(revision.id()));
    return Instant.ofEpochMilli(row.atMillis()).plus(wait);
  }

  /** An app that stays where it is has each slot at home on a node. */
  private Function<NodeLoad, Optional<String>> atHome(
      Revision revision, int slot, Function<NodeLoad, Optional<String>> allowed) {
    Optional<String> home =
        Optional.ofNullable(situation.outcomes().homes().get(slot))
            .filter(node -> revision.config().onSplit() == OnSplit.STAY)
            .filter(node -> !revision.config().isGlobal())
            .filter(situation.ground().known()::contains);
    return home.isEmpty()
        ? allowed
        : load ->
            load.node().equals(home.get())
                ? Optional.empty()
                : Optional.of("instance " + slot + " stays on " + home.get());
  }

  /** Those taken on whose containers no facts show yet. */
  static List<Instance> onTheirWay(List<Instance> instances) {
    return instances.stream()
        .filter(one -> one.phase().isLive() && one.containers().isEmpty())
        .toList();
  }
}
