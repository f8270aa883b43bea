package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.NewAddresses;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.doors.actions.templates.Templates;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Pool;
import io.dockherd.fleet.rescheduling.Rebalancer;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Members;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Every action there is. */
public final class Catalog {
  private Catalog() {}

  /**
   * All of them, on that fleet.
   *
   * @param known which nodes the herd counts on
   * @param pool which nodes get new containers
   * @param addresses what a create's answer waits for
   * @param clock for the Date of answers that no engine made, and what spans count back from
   */
  public static List<Action> of(
      ActionSettings settings,
      Fleet fleet,
      Members members,
      KnownNodes known,
      Facts facts,
      Pool pool,
      Templates templates,
      NewAddresses addresses,
      InstantSource clock) {
    Whereabouts whereabouts =
        new Whereabouts(fleet, settings.clusterAddress(), settings.taskTimeout());
    Creating creating = new Creating(fleet, whereabouts, addresses, settings);
    List<Action> actions = new ArrayList<>();
    actions.add(new CreateContainer(templates, creating));
    actions.add(new CreateRawContainer(creating));
    actions.add(new ListContainers(fleet, whereabouts, clock));
    actions.addAll(ContainerActions.all(whereabouts));
    actions.add(Logs.action(whereabouts, clock));
    actions.add(Exec.action(whereabouts));
    actions.addAll(NodeActions.all(fleet, whereabouts));
    actions.add(PullImage.action(fleet, whereabouts));
    NodePortrait portrait = new NodePortrait(fleet, members, facts, pool);
    actions.add(new ListNodes(fleet, members, known, portrait));
    actions.add(new InspectNode(members, whereabouts, portrait));
    actions.addAll(NodeDuty.actions(known, facts, pool));
    actions.add(new Rebalance(new Rebalancer(fleet, facts)));
    actions.addAll(Registration.actions(members, facts, pool));
    actions.addAll(TemplateActions.all(templates));
    return List.copyOf(actions);
  }
}
