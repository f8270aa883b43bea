package io.dockherd.apps.stewards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.AppsBench;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of apps whose records lack something, or are changed by others meanwhile. */
class StewardRecordsTest {
  private static final AppPath WEB = new AppPath("/shop/web");

  private final HerdBench bench = new HerdBench("host-1", "host-2", "host-3");
  private final String web = WEB.value();

  @AfterEach
  void close() {
    bench.close();
  }

  private void loseRevision(RevisionId id) {
    bench.records.delete("app-revisions" + WEB + "@" + id, AppsBench.LIMIT);
  }

  @Test
  void aConfigurationThatIsGoneIsReadBackFromLabels() {
    bench.put(web, HerdBench.config("a", "{}"), 1);
    bench.awaitSettled(web, 1);
    Instance one = bench.instances(web).getFirst();
    Revision revision = bench.book.revision(WEB, one.revision()).orElseThrow();
    bench.label(one.node(), revision, one.id());
    loseRevision(revision.id());
    bench.await("it is back", () -> bench.book.revision(WEB, revision.id()).isPresent());
    assertEquals(revision, bench.book.revision(WEB, revision.id()).orElseThrow());
    bench.awaitSettled(web, 1);
  }

  @Test
  void whereNoLabelHasItTheAppGoesBackToWhatWasThrough() {
    bench.put(web, HerdBench.config("a", "{}"), 1);
    bench.awaitSettled(web, 1);
    bench.refusing.addAll(Set.of("host-1", "host-2", "host-3"));
    bench.put(web, HerdBench.config("b", "{}"), 1);
    loseRevision(bench.app(web).revision());
    bench.await("it goes back", () -> bench.app(web).revision().number() == 1);
    bench.awaitSettled(web, 1);
  }

  @Test
  void whereThereIsNothingToGoBackToThatIsTold() {
    bench.refusing.addAll(Set.of("host-1", "host-2", "host-3"));
    bench.put(web, HerdBench.config("a", "{}"), 1);
    loseRevision(bench.app(web).revision());
    bench.await(
        "it is told",
        () ->
            bench.facts.of(Waiting.FACT).stream()
                .anyMatch(fact -> fact.json().getString("reason", "").contains("is lost")));
  }

  @Test
  void anAppThatWasReadBackIsAsBigAsWhatNodesBringThatComeLater() {
    AppConfig config = HerdBench.config("a", "{}");
    Revision revision = new Revision(WEB, new RevisionId(4, config.hash()), 0, "tester", config);
    InstanceId second = InstanceId.of("2-abcdefgh");
    bench.label("host-2", revision, second);
    bench.tell(old(revision, second, "host-2"));
    bench.await("it is read back", () -> bench.book.find(WEB).isPresent());
    assertEquals(2, bench.app(web).instances());
    bench.tell(old(revision, InstanceId.of("5-abcdefgh"), "host-3"));
    bench.awaitSettled(web, 5);
    assertEquals(5, bench.app(web).instances());
    // Somebody's word is not outdone.
    bench.apps.scale(WEB, 1, HerdBench.options());
    bench.awaitSettled(web, 1);
    bench.tell(old(revision, InstanceId.of("7-abcdefgh"), "host-3"));
    bench.await("it goes", () -> bench.instances(web).size() == 1);
    assertEquals(1, bench.app(web).instances());
  }

  /** One that was there before the power cut. */
  private static Instance old(Revision revision, InstanceId id, String node) {
    JsonObject json = HerdBench.instance(revision, id, node, Phase.RUNNING).json();
    return Instance.of(node, json.put("stagedMillis", 1));
  }

  @Test
  void whoIsInARolloutOfItsOwnIsRestartedWithAnotherAfterIt() {
    String db = bench.ours("/shop/db");
    String own = bench.ours("/shop/front");
    bench.put(db, HerdBench.config("a", "{}"), 1);
    bench.awaitSettled(db, 1);
    String needs = "{'dependencies':{'" + db + "':{'condition':'healthy','restart':true}}}";
    bench.put(own, HerdBench.config("a", needs), 1);
    bench.awaitSettled(own, 1);
    bench.bad.add("b");
    bench.put(own, HerdBench.config("b", needs), 1);
    bench.await(
        "it is paused",
        () -> bench.app(own).rollout().filter(change -> !change.isRunning()).isPresent());
    bench.put(db, HerdBench.config("c", "{}"), 1);
    bench.awaitSettled(db, 1);
    assertEquals(Set.of(AppPath.of(own)), bench.app(db).restarts());
    bench.put(own, HerdBench.config("d", needs), 1);
    bench.await(
        "it is restarted", () -> bench.isSettled(own) && bench.app(own).revision().number() == 4);
    bench.await("nothing is owed", () -> bench.app(db).restarts().isEmpty());
  }

  @Test
  void aNodeThatIsForgottenAnywhereIsForgottenHere() {
    bench.put(web, HerdBench.config("a", "{}"), 3);
    bench.awaitSettled(web, 3);
    bench.lose("host-3");
    bench.await("replaced", () -> bench.instances(web).size() == 3);
    assertEquals(1, bench.facts.lost(Instance.FACT).size());
    bench.records.delete("known-nodes/host-3", AppsBench.LIMIT);
    bench.await("forgotten", () -> bench.facts.lost(Instance.FACT).isEmpty());
  }

  @Test
  void anInstanceOfADeletedAppThatCantBeStoppedHoldsUpNoOther() {
    bench.put(web, HerdBench.config("a", "{}"), 3);
    bench.awaitSettled(web, 3);
    bench.hanging.add("host-1");
    bench.apps.delete(List.of(WEB), HerdBench.options());
    bench.await("one is left", () -> bench.facts.of(Instance.FACT).size() == 1);
  }

  @Test
  void aSlotIsAtHomeNoMoreThoughTheNodeThatIsToStopItDoesNotAnswer() {
    bench.put(web, HerdBench.config("a", "{'onSplit':'stay'}"), 2);
    bench.awaitSettled(web, 2);
    bench.await("at home", () -> bench.book.outcomes(WEB).homes().size() == 2);
    bench.hanging.addAll(Set.of("host-1", "host-2", "host-3"));
    bench.apps.scale(WEB, 1, HerdBench.options());
    bench.await("one has left", () -> bench.book.outcomes(WEB).homes().size() == 1);
    bench.await(
        "the order goes out",
        () -> bench.orders.stream().anyMatch(order -> order.contains(Orders.STOP)));
    assertEquals(1, bench.book.outcomes(WEB).homes().size());
  }
}
