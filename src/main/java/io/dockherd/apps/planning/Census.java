package io.dockherd.apps.planning;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The instances of an app, by what they count for.
 *
 * @param staying live, and as they are to be
 * @param outdated live, of another revision, and to be replaced
 * @param displaced live and as they are to be, but not where they are: on a node that is drained,
 *     or in a slot another one is in, too
 * @param stopping told to stop, and not gone yet
 * @param ended over, and not cleared away yet
 * @param held slots whose instances are on nodes that are away, and not to be made anew → where; no
 *     more than there are to be beside those that are here
 * @param left slots that are at home on nodes that are away, and that the app, being smaller now,
 *     has no use for
 * @param done the slots of a job whose work is done
 */
record Census(
    Situation situation,
    List<Instance> staying,
    List<Instance> outdated,
    List<Instance> displaced,
    List<Instance> stopping,
    List<Instance> ended,
    SortedMap<Integer, String> held,
    Set<Integer> left,
    SortedMap<Integer, String> done) {

  /** Counts them. */
  static Census of(Situation situation) {
    List<Instance> staying = new ArrayList<>();
    List<Instance> outdated = new ArrayList<>();
    List<Instance> displaced = new ArrayList<>();
    List<Instance> stopping = new ArrayList<>();
    List<Instance> ended = new ArrayList<>();
    for (Instance instance : situation.instances()) {
      if (instance.phase() == Phase.STOPPING) {
        stopping.add(instance);
      } else if (!instance.phase().isLive()) {
        ended.add(instance);
      } else if (isOutdated(situation, instance)) {
        outdated.add(instance);
      } else if (isDisplaced(situation, instance)) {
        displaced.add(instance);
      } else {
        staying.add(instance);
      }
    }
    separateNamesakes(situation, staying, displaced);
    SortedMap<Integer, String> done = done(situation, ended);
    SortedMap<Integer, String> away = away(situation, done.keySet());
    int here = here(situation.config(), staying, outdated, displaced);
    int missing = situation.app().instances() - done.size() - here;
    SortedMap<Integer, String> held = first(away, missing);
    Set<Integer> left = new TreeSet<>(away.keySet());
    left.removeAll(held.keySet());
    return new Census(
        situation,
        List.copyOf(staying),
        List.copyOf(outdated),
        List.copyOf(displaced),
        List.copyOf(stopping),
        List.copyOf(ended),
        held,
        Set.copyOf(left),
        done);
  }

  /** How many of those there are to be are here, none counted twice. */
  private static int here(
      AppConfig config, List<Instance> staying, List<Instance> outdated, List<Instance> displaced) {
    if (config.onSplit() == OnSplit.STAY && !isInPlace(config)) {
      // New ones come up beside the old ones they replace.
      return Math.max(staying.size(), outdated.size());
    }
    Set<Integer> slots = new TreeSet<>();
    List.of(staying, outdated, displaced)
        .forEach(those -> those.forEach(one -> slots.add(one.id().slot())));
    return slots.size();
  }

  private static SortedMap<Integer, String> first(SortedMap<Integer, String> slots, int count) {
    SortedMap<Integer, String> first = new TreeMap<>();
    slots.entrySet().stream()
        .limit(Math.max(0, count))
        .forEach(slot -> first.put(slot.getKey(), slot.getValue()));
    return Collections.unmodifiableSortedMap(first);
  }

  private static SortedMap<Integer, String> done(Situation situation, List<Instance> ended) {
    RevisionId target = situation.app().revision();
    SortedMap<Integer, String> done = new TreeMap<>(situation.outcomes().done().of(target));
    ended.stream()
        .filter(one -> situation.config().kind() == Kind.JOB && one.phase() == Phase.FINISHED)
        .filter(one -> one.revision().equals(target))
        .forEach(one -> done.put(one.id().slot(), one.node()));
    return done;
  }

  private static boolean isOutdated(Situation situation, Instance instance) {
    boolean mayReplace =
        !situation.app().isHalfway()
            && situation.app().rollout().map(Rollout::isRunning).orElse(true);
    return mayReplace && !instance.revision().equals(situation.app().revision());
  }

  private static boolean isDisplaced(Situation situation, Instance instance) {
    boolean isMoved =
        Optional.ofNullable(situation.moves().get(instance.id()))
            .filter(successor -> isLive(situation, successor))
            .isPresent();
    boolean isDrained = situation.ground().drained().contains(instance.node());
    return isMoved || isDrained && isMovable(situation.config());
  }

  private static boolean isLive(Situation situation, InstanceId id) {
    return situation.instances().stream()
        .anyMatch(one -> one.id().equals(id) && one.phase().isLive());
  }

  /** Work that is under way is not begun anew elsewhere, and data do not follow. */
  static boolean isMovable(AppConfig config) {
    return config.kind() == Kind.SERVICE
        && config.onSplit() != OnSplit.STAY
        && config.pod().volumes().stream().noneMatch(PodDemand::isLocal);
  }

  /** Two sides of a split may have filled the same slot: one has to go, for a name is one's own. */
  private static void separateNamesakes(
      Situation situation, List<Instance> staying, List<Instance> displaced) {
    Map<Integer, Instance> bySlot = new HashMap<>();
    for (Instance instance : List.copyOf(staying)) {
      Instance other = bySlot.putIfAbsent(instance.id().slot(), instance);
      if (other != null) {
        boolean isBetter = Ranking.keeping(situation.app()).compare(instance, other) < 0;
        Instance loser = isBetter ? other : instance;
        bySlot.put(instance.id().slot(), isBetter ? instance : other);
        staying.remove(loser);
        displaced.add(loser);
      }
    }
  }

  /** Slots that are in use beyond a split, or will be when their nodes are back, and where. */
  private static SortedMap<Integer, String> away(Situation situation, Set<Integer> done) {
    SortedMap<Integer, String> away = new TreeMap<>();
    if (!situation.config().isGlobal()) {
      switch (situation.config().onSplit()) {
        case AVAILABLE -> {}
        case MAJORITY -> {
          if (isMinority(situation)) {
            situation.lost().forEach(instance -> put(instance, away));
          }
        }
        case STAY -> {
          // Until it is noted that they are away their homes may be in no record.
          situation.lost().stream()
              .filter(instance -> !situation.outcomes().lost().contains(instance.id()))
              .forEach(instance -> put(instance, away));
          away.putAll(situation.outcomes().homes());
        }
      }
    }
    away.values().removeIf(node -> !isAway(situation, node));
    situation.instances().stream()
        .filter(instance -> instance.phase().isLive())
        .forEach(instance -> away.remove(instance.id().slot()));
    away.keySet().removeAll(done);
    return away;
  }

  private static void put(Instance instance, SortedMap<Integer, String> slots) {
    if (instance.phase().isLive()) {
      slots.put(instance.id().slot(), instance.node());
    }
  }

  private static boolean isMinority(Situation situation) {
    return situation.config().onSplit() == OnSplit.MAJORITY && !situation.ground().mayReplace();
  }

  /** Whether nothing may be started in the place of what runs: so that goes on running. */
  boolean isToBeKept() {
    return isMinority(situation);
  }

  private static boolean isAway(Situation situation, String node) {
    return situation.ground().known().contains(node) && !situation.ground().isPresent(node);
  }

  /** Whether each new instance takes the very place of an old one, for its volumes are there. */
  boolean isInPlace() {
    return isInPlace(situation.config());
  }

  private static boolean isInPlace(AppConfig config) {
    return !config.isGlobal()
        && config.pod().volumes().stream()
            .filter(PodDemand::isLocal)
            .anyMatch(it -> config.onSplit() == OnSplit.STAY || PodDemand.isOfSlot(it));
  }

  /** Slots nobody else may take. */
  Set<Integer> usedSlots() {
    Set<Integer> used = new TreeSet<>(held.keySet());
    situation.instances().forEach(instance -> used.add(instance.id().slot()));
    used.addAll(done.keySet());
    return used;
  }

  /** Whether it counts as well: long enough to be trusted. */
  boolean isWell(Instance instance, Duration monitor) {
    boolean isLongEnough =
        instance.wellMillis() > 0
            && situation.now().toEpochMilli() - instance.wellMillis() >= monitor.toMillis();
    return isUp(instance) && (isLongEnough || monitor.isZero());
  }

  /** Whether it works just now. */
  static boolean isUp(Instance instance) {
    return instance.phase() == Phase.RUNNING && instance.isHealthy();
  }
}
