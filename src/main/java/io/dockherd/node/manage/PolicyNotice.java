package io.dockherd.node.manage;

import io.dockherd.fleet.watch.Recreation;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.telemetry.Log;
import java.util.Optional;

/** Says of each container that is to be rescheduled that a manager does not do it. */
final class PolicyNotice implements Facts.FactsListener {
  private static final Log LOG = Log.of(PolicyNotice.class);

  @Override
  public void onFact(Fact fact, Optional<Fact> before) {
    if (before.isEmpty()) {
      LOG.warn(
          "on-node-failure is not carried out by 'dockherd manage'",
          "container",
          Recreation.read(fact.json()).name(),
          "node",
          fact.owner(),
          "remedy",
          "run 'dockherd node' beside each engine");
    }
  }

  @Override
  public void onGone(Fact fact, boolean lost) {}
}
