package io.dockherd.apps.planning;

import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.scheduling.NodeLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings in the instances there are to be and lets those go whose places they take, at the app's
 * {@link Pace}. With nobody to go it only fills gaps, all at once.
 */
final class Replacing {
  private final Planning planning;
  private final Census census;
  private final List<Instance> staying;
  private final List<Instance> outgoing;
  private final int wanted;
  private final Pace pace;
  private final int well;
  private int healthy;

  /**
   * @param staying as they are to be
   * @param outgoing those whose places are to be taken
   */
  Replacing(Planning planning, List<Instance> staying, List<Instance> outgoing) {
    this.planning = planning;
    this.census = planning.census();
    this.staying = staying;
    this.outgoing = new ArrayList<>(outgoing);
    this.wanted = planning.wanted();
    this.pace = pace();
    this.well = (int) staying.stream().filter(one -> census.isWell(one, pace.monitor())).count();
    this.healthy = well + (int) outgoing.stream().filter(Census::isUp).count();
  }

  private Pace pace() {
    UpdatePolicy policy = planning.config().update();
    return outgoing.stream().anyMatch(census.outdated()::contains)
        ? Pace.of(policy, wanted, census.isInPlace())
        : Pace.moving(policy, wanted, policy.parallelism());
  }

  void go() {
    if (outgoing.isEmpty() || census.isToBeKept()) {
      fill();
    } else {
      replace();
    }
  }

  /** Nothing has to make way, or may: what is missing is started. */
  private void fill() {
    int missing = wanted - staying.size();
    planning
        .starting()
        .start(planning.incoming(), missing, reason(), planning.places(true, outgoing));
  }

  private String reason() {
    return planning
        .situation()
        .app()
        .rollout()
        .map(change -> change.kind().name().toLowerCase(Locale.ROOT))
        .orElse("there are too few");
  }

  private void replace() {
    int inWork = staying.size() - well;
    boolean isResting = isResting(inWork);
    letGo(inWork, isResting);
    int stopping = census.stopping().size() + planning.stoppedSoFar();
    int room = Math.max(0, pace.most() - staying.size() - outgoing.size() - stopping);
    int free = isResting ? 0 : pace.free(inWork);
    int fresh = Math.clamp(wanted - staying.size(), 0, Math.min(room, free));
    Function<NodeLoad, Optional<String>> places = planning.places(pace.isStartingFirst(), outgoing);
    int placed = planning.starting().start(planning.incoming(), fresh, reason(), places);
    if (placed == 0 && fresh > 0 && inWork == 0 && mayBeFollowed()) {
      makeRoom(places);
    }
    fillGaps(placed, Math.max(0, free - placed), room - placed, places);
  }

  /**
   * What was there and has gone, beyond what is being replaced just now: there are to be no fewer
   * than before the rollout.
   *
   * @param reserved so many gaps are the rollout's own
   */
  private void fillGaps(
      int placed, int reserved, int room, Function<NodeLoad, Optional<String>> places) {
    int before =
        planning
            .situation()
            .app()
            .rollout()
            .map(change -> Math.min(wanted, change.from().instances()))
            .orElse(wanted);
    int gaps = before - staying.size() - outgoing.size() - placed;
    if (!planning.isGlobal() && gaps > reserved) {
      int fill = Math.min(gaps - reserved, room);
      planning.starting().start(planning.filler(), fill, "there are too few", places);
    }
  }

  /** Between one batch and the next. */
  private boolean isResting(int inWork) {
    Instant last =
        staying.stream()
            .filter(one -> one.wellMillis() > 0)
            .map(one -> Instant.ofEpochMilli(one.wellMillis()))
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    Instant next = last.plus(pace.monitor()).plus(pace.delay());
    return inWork == 0 && pace.delay().isPositive() && planning.situation().now().isBefore(next);
  }

  /** Stops those whose places are taken, and those that have to go first. */
  private void letGo(int inWork, boolean isResting) {
    List<Instance> order =
        new ArrayList<>(
            Ranking.leaving(planning.situation(), outgoing, outgoing.size()).stream()
                .filter(this::canFollow)
                .toList());
    List<Instance> replaced = order;
    int may = well + outgoing.size() - wanted;
    if (planning.isGlobal()) {
      replaced = order.stream().filter(this::isReplacedThere).toList();
      may = replaced.size();
    }
    int gone = letGo(replaced, may, "another one has taken its place");
    if (!pace.isStartingFirst() && !isResting && mayBeFollowed()) {
      int missing = Math.max(0, wanted - staying.size() - outgoing.size());
      int first = pace.free(inWork + missing);
      order.removeIf(one -> !outgoing.contains(one));
      letGo(order, gone > 0 ? Math.max(0, first - gone) : first, "makes way for another one");
    }
  }

  /** Nobody makes way for one that is not started yet for other reasons than room. */
  private boolean mayBeFollowed() {
    return planning.starting().mayStart(planning.incoming());
  }

  private int letGo(List<Instance> order, int count, String reason) {
    int gone = 0;
    for (Instance one : List.copyOf(order)) {
      if (gone < count && mayGo(one)) {
        letGo(one, reason);
        gone++;
      }
    }
    return gone;
  }

  /** Whether that leaves enough that are healthy. */
  private boolean mayGo(Instance one) {
    return !Census.isUp(one) || healthy - 1 >= pace.least();
  }

  private void letGo(Instance one, String reason) {
    healthy -= Census.isUp(one) ? 1 : 0;
    outgoing.remove(one);
    boolean isForGood = !(census.isInPlace() && census.outdated().contains(one));
    planning.stop(one, reason, isForGood);
  }

  /** One whose place can only be taken where it is has to wait until that node takes something. */
  private boolean canFollow(Instance one) {
    Situation.Ground ground = planning.situation().ground();
    boolean isBound =
        census.isInPlace()
            || planning.isGlobal()
                && ground.drained().contains(one.node())
                && !Census.isMovable(planning.config());
    return !isBound
        || ground.node(one.node()).filter(NodeLoad::isAvailable).isPresent()
            && !ground.drained().contains(one.node());
  }

  private boolean isReplacedThere(Instance old) {
    return staying.stream()
        .filter(one -> census.isWell(one, pace.monitor()))
        .anyMatch(one -> one.node().equals(old.node()));
  }

  /** No node takes a new one: where an old one stands in its way, that goes first after all. */
  private void makeRoom(Function<NodeLoad, Optional<String>> places) {
    int slot = planning.starting().nextSlot();
    Ranking.leaving(planning.situation(), outgoing, outgoing.size()).stream()
        .filter(this::mayGo)
        .filter(old -> planning.placing().wouldTake(planning.target(), slot, old, places))
        .findFirst()
        .ifPresent(old -> letGo(old, "makes room for another one"));
  }
}
