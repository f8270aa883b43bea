package io.dockherd.apps.pods;

import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.scheduling.Tenant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells what of this node's own engine has changed that instances want to know. It says where to
 * look and no more: what there is to see, each looks for itself.
 */
final class EngineNews {
  private final String herd;
  private final String node;
  private final Consumer<InstanceKey> touched;
  private final Runnable lost;
  private final Runnable back;

  /**
   * @param touched told whose container has changed
   * @param lost told when the engine is lost
   * @param back told when it is there (again)
   */
  EngineNews(
      String herd, String node, Consumer<InstanceKey> touched, Runnable lost, Runnable back) {
    this.herd = herd;
    this.node = node;
    this.touched = touched;
    this.lost = lost;
    this.back = back;
  }

  void listen(Facts facts) {
    facts.listen(FactKind.CONTAINER, new Containers());
    facts.listen(FactKind.ENGINE, new Engine());
  }

  private final class Containers implements Facts.FactsListener {
    @Override
    public void onFact(Fact fact, Optional<Fact> before) {
      tell(fact);
    }

    @Override
    public void onGone(Fact fact, boolean lost) {
      tell(fact);
    }

    private void tell(Fact fact) {
      if (fact.owner().equals(node)) {
        Tenant container = KnownContainer.of(fact.value()).tenant();
        PodLabels.of(herd, container.labels(), container.names())
            .ifPresent(its -> touched.accept(new InstanceKey(its.path(), its.instance())));
      }
    }
  }

  private final class Engine implements Facts.FactsListener {
    @Override
    public void onFact(Fact fact, Optional<Fact> before) {
      boolean isNews = before.isEmpty() || isReachable(fact) != isReachable(before.get());
      if (fact.owner().equals(node) && isNews) {
        (isReachable(fact) ? back : lost).run();
      }
    }

    private static boolean isReachable(Fact fact) {
      return new KnownEngine(fact.json()).isReachable();
    }

    @Override
    public void onGone(Fact fact, boolean lost) {}
  }
}
