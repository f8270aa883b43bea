package io.dockherd.apps.planning;

import io.dockherd.apps.model.Revision;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Scheduler;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a global app is to be: one instance on every node that fits.
 *
 * @param wanted the nodes it is to be on
 * @param reasons nodes it is meant for and can't be on → why
 */
record Everywhere(Set<String> wanted, Map<String, String> reasons) {
  /** By what nodes say of themselves, and what room they have where there is none yet. */
  static Everywhere of(Situation situation, Scheduler scheduler) {
    Revision revision = situation.revisions().get(situation.app().revision());
    ConstraintCheck check =
        new ConstraintCheck(
            revision.config().placement().constraints(), situation.ground().loads());
    Set<String> inhabited = new HashSet<>();
    situation.instances().stream()
        .filter(instance -> instance.phase().isLive())
        .forEach(instance -> inhabited.add(instance.node()));
    boolean isMovable = Census.isMovable(revision.config());
    Set<String> done =
        Set.copyOf(situation.outcomes().done().of(situation.app().revision()).values());
    Demand demand = PodDemand.of(revision, 1);
    Set<String> wanted = new TreeSet<>();
    Map<String, String> reasons = new TreeMap<>();
    for (NodeLoad load : situation.ground().loads()) {
      String node = load.node();
      // What can't be elsewhere stays on a node that is drained, but nothing new comes there.
      boolean isEmptied =
          situation.ground().drained().contains(node) && (isMovable || !inhabited.contains(node));
      boolean isMeant = !isEmptied && !done.contains(node) && check.objection(load).isEmpty();
      if (isMeant && inhabited.contains(node)) {
        wanted.add(node);
      } else if (isMeant) {
        Optional<String> objection =
            scheduler
                .objection(demand, load)
                .or(() -> Optional.ofNullable(situation.refusals().get(node)));
        objection.ifPresentOrElse(reason -> reasons.put(node, reason), () -> wanted.add(node));
      }
    }
    return new Everywhere(wanted, reasons);
  }
}
