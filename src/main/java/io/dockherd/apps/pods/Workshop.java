package io.dockherd.apps.pods;

import io.dockherd.apps.artifacts.InstanceFolders;
import io.dockherd.apps.health.NodeProber;
import io.dockherd.apps.health.Prober;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import java.time.Duration;
import java.time.InstantSource;

/** What all instances of this node are made and watched with. */
record Workshop(
    Fleet fleet,
    Members members,
    Facts facts,
    PodEngine engine,
    Images images,
    Surroundings surroundings,
    OwnLoad load,
    HostPorts ports,
    InstanceFolders folders,
    DraftReader reader,
    ImageBuilds builds,
    ParentCgroups cgroups,
    Prober prober,
    PodSettings settings,
    InstantSource clock) {
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /** With all that needs nothing but the fleet. */
  static Workshop of(
      Fleet fleet,
      Members members,
      Facts facts,
      OwnLoad load,
      HostPorts ports,
      InstanceFolders folders,
      DraftReader reader,
      ImageBuilds builds,
      ParentCgroups cgroups,
      PodSettings settings,
      InstantSource clock) {
    PodEngine engine = new PodEngine(fleet);
    return new Workshop(
        fleet,
        members,
        facts,
        engine,
        new Images(fleet, engine, settings.pullTries(), settings.pullPause()),
        new Surroundings(fleet, engine),
        load,
        ports,
        folders,
        reader,
        builds,
        cgroups,
        new NodeProber(new CommandProbe(engine.commands())),
        settings,
        clock);
  }

  /** The address others reach this node by. */
  String host() {
    return members.self().address();
  }

  String node() {
    return members.self().name();
  }

  /** Waits a moment until all members know what was told. */
  void settle() {
    facts.settle(SETTLING);
  }
}
