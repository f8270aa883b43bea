package io.dockherd.apps.planning;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.scheduling.NodeLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that matters for what is to be done for an app just now.
 *
 * @param revisions of the app that are at hand, by id; the one it is to have is among them
 * @param instances that present nodes tell of; when they became well is by the planning node's
 *     clock
 * @param lost instances of nodes that are away and counted on, as they were last told
 * @param missing what has to be so before an instance is started and is not, in words
 * @param refusals node → why it has refused an instance of late
 * @param moves an instance that is to be elsewhere, though nothing is wrong with it → the one that
 *     takes its place
 */
public record Situation(
    App app,
    Map<RevisionId, Revision> revisions,
    List<Instance> instances,
    List<Instance> lost,
    Outcomes outcomes,
    Ground ground,
    Optional<String> missing,
    Map<String, String> refusals,
    Map<InstanceId, InstanceId> moves,
    Instant now) {
  /**
   * Where instances can be.
   *
   * @param loads of all present nodes, those included that take nothing
   * @param drained the nodes that are to be emptied
   * @param known all nodes that are counted on, present or not
   * @param newcomers present nodes that may be gone again in a moment: nothing is moved to them
   * @param mayReplace whether what may run beyond a split may be made anew here, for an app that
   *     asks for a majority
   */
  public record Ground(
      List<NodeLoad> loads,
      Set<String> drained,
      Set<String> known,
      Set<String> newcomers,
      boolean mayReplace) {
    public Ground {
      loads = List.copyOf(loads);
      drained = Set.copyOf(drained);
      known = Set.copyOf(known);
      newcomers = Set.copyOf(newcomers);
    }

    /** What that node carries; empty when it is not present. */
    public Optional<NodeLoad> node(String name) {
      return loads.stream().filter(load -> load.node().equals(name)).findFirst();
    }

    boolean isPresent(String name) {
      return node(name).isPresent();
    }
  }

  public Situation {
    Objects.requireNonNull(app, "app");
    revisions = Map.copyOf(revisions);
    instances = List.copyOf(instances);
    lost = List.copyOf(lost);
    Objects.requireNonNull(outcomes, "outcomes");
    Objects.requireNonNull(ground, "ground");
    Objects.requireNonNull(missing, "missing");
    refusals = Collections.unmodifiableMap(new LinkedHashMap<>(refusals));
    moves = Map.copyOf(moves);
    Objects.requireNonNull(now, "now");
    if (!revisions.containsKey(app.revision())) {
      throw new IllegalArgumentException("revision " + app.revision() + " is not at hand");
    }
  }

  /** The same when these are gone. */
  public Situation without(List<Instance> gone) {
    List<NodeLoad> loads = new ArrayList<>(ground.loads());
    for (Instance one : gone) {
      loads.replaceAll(
          load ->
              load.node().equals(one.node()) ? Forecast.without(load, one.path(), one.id()) : load);
    }
    Ground less =
        new Ground(
            loads, ground.drained(), ground.known(), ground.newcomers(), ground.mayReplace());
    List<Instance> left = instances.stream().filter(one -> !gone.contains(one)).toList();
    return new Situation(app, revisions, left, lost, outcomes, less, missing, refusals, moves, now);
  }

  /** What the app is to be. */
  public AppConfig config() {
    return revisions.get(app.revision()).config();
  }
}
