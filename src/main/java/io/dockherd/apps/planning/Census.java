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
 * @param held slots whose instances are on nodes that are away, and not to be made anew → where
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
    return new Census(
        situation,
        List.copyOf(staying),
        List.copyOf(outdated),
        List.copyOf(displaced),
        List.copyOf(stopping),
        List.copyOf(ended),
        held(situation),
        done(situation, ended));
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

  private static SortedMap<Integer, String> held(Situation situation) {
    SortedMap<Integer, String> held = new TreeMap<>();
    OnSplit onSplit = situation.config().onSplit();
    boolean isHeld =
        !situation.config().isGlobal()
            && (onSplit == OnSplit.STAY
                || onSplit == OnSplit.MAJORITY && !situation.ground().mayReplace());
    if (isHeld) {
      situation.lost().stream()
          .filter(instance -> instance.phase().isLive())
          .filter(instance -> isAway(situation, instance.node()))
          .forEach(instance -> held.put(instance.id().slot(), instance.node()));
    }
    if (isHeld && onSplit == OnSplit.STAY) {
      situation.outcomes().homes().entrySet().stream()
          .filter(home -> isAway(situation, home.getValue()))
          .forEach(home -> held.putIfAbsent(home.getKey(), home.getValue()));
    }
    return held;
  }

  private static boolean isAway(Situation situation, String node) {
    return situation.ground().known().contains(node) && !situation.ground().isPresent(node);
  }

  /** Whether each new instance takes the very place of an old one, for its volumes are there. */
  boolean isInPlace() {
    AppConfig config = situation.config();
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
