package io.dockherd.node;

import io.dockherd.apps.Apps;
import io.dockherd.apps.keeping.HerdApps;
import io.dockherd.apps.planning.Planner;
import io.dockherd.apps.stewards.Duties;
import io.dockherd.apps.stewards.HerdDismissals;
import io.dockherd.apps.stewards.Steward;
import io.dockherd.apps.stewards.StewardSettings;
import io.dockherd.apps.stewards.Terrain;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.Herd;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.node.settings.PlacementSettings;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The apps of the herd, and this node's part in looking after them. */
final class AppKeeping implements AutoCloseable {
  private final HerdApps apps;
  private final Steward steward;

  private AppKeeping(HerdApps apps, Steward steward) {
    this.apps = apps;
    this.steward = steward;
  }

  static AppKeeping of(
      Settings settings,
      Herd herd,
      Fleet fleet,
      KnownNodes known,
      InstantSource clock,
      RandomGenerator random) {
    Planner planner =
        new Planner(
            NodeSettings.placement(settings).scheduler(random),
            random,
            settings.get(PlacementSettings.APP_MOVES));
    HerdApps apps =
        new HerdApps(
            herd.records(),
            herd.facts(),
            new HerdDismissals(fleet, new Duties(herd.members())),
            planner,
            new Terrain(fleet, known)::ground,
            clock,
            random);
    Steward steward =
        new Steward(
            apps,
            fleet,
            herd.members(),
            herd.facts(),
            herd.records(),
            known,
            planner,
            StewardSettings.defaults(settings.dataDir().isEmpty()),
            clock,
            random);
    return new AppKeeping(apps, steward);
  }

  /** Takes orders of other nodes; before these can reach this one. */
  void serve() {
    steward.serve();
  }

  /** Begins to look after apps. */
  void start() {
    steward.start();
  }

  Apps apps() {
    return apps;
  }

  @Override
  public void close() {
    steward.close();
    apps.close();
  }
}
