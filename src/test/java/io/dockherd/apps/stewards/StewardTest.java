package io.dockherd.apps.stewards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.AppsBench;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StewardTest {
  private static final AppPath WEB = new AppPath("/shop/web");

  private final HerdBench bench = new HerdBench("host-1", "host-2", "host-3");
  private final String db = bench.ours("/shop/db");

  @AfterEach
  void close() {
    bench.close();
  }

  private static ChangeOptions options() {
    return HerdBench.options();
  }

  private static AppConfig config(String image, String more) {
    return HerdBench.config(image, more);
  }

  private void put(String path, AppConfig config, int instances) {
    bench.put(path, config, instances);
  }

  private void await(String what, BooleanSupplier isSo) {
    bench.await(what, isSo);
  }

  private void awaitSettled(String path, int instances) {
    bench.awaitSettled(path, instances);
  }

  @Test
  void anAppIsBroughtUpAndItsRolloutIsThrough() {
    put("/shop/web", config("a", "{}"), 3);
    awaitSettled("/shop/web", 3);
    assertEquals(List.of("host-1", "host-2", "host-3"), bench.nodesOf("/shop/web"));
    assertEquals(bench.app("/shop/web").revision(), bench.app("/shop/web").stable().orElseThrow());
    long runs = bench.orders.stream().filter(order -> order.contains(Orders.RUN)).count();
    assertEquals(3, runs, bench.orders.toString());
  }

  @Test
  void whatALostNodeHadIsStartedElsewhereAndTheSurplusGoesWhenItIsBack() {
    put("/shop/web", config("a", "{}"), 3);
    awaitSettled("/shop/web", 3);
    bench.lose("host-3");
    await("replaced", () -> bench.instances("/shop/web").size() == 3);
    assertTrue(
        bench.apps.find(WEB).orElseThrow().lastFailure().isPresent(), "the loss is not told");
    bench.join("host-3");
    bench.facts.comeBack("host-3");
    await("the surplus goes", () -> bench.instances("/shop/web").size() == 3);
  }

  @Test
  void anUpdateReplacesAllAndABadOneIsTakenBack() {
    put("/shop/web", config("a", "{}"), 3);
    awaitSettled("/shop/web", 3);
    put("/shop/web", config("b", "{}"), 3);
    await(
        "all are new",
        () ->
            bench.isSettled("/shop/web")
                && bench.instances("/shop/web").stream()
                    .allMatch(one -> one.revision().number() == 2));
    bench.bad.add("c");
    put("/shop/web", config("c", "{'update':{'onFailure':'rollback','monitorMillis':0}}"), 3);
    await(
        "it is back",
        () ->
            bench.isSettled("/shop/web")
                && bench.app("/shop/web").revision().number() == 2
                && bench.instances("/shop/web").stream()
                    .allMatch(one -> one.revision().number() == 2));
    assertEquals(3, bench.instances("/shop/web").size());
    assertEquals(
        "it ended with 1",
        bench.apps.find(WEB).orElseThrow().lastFailure().orElseThrow().message());
  }

  @Test
  void aBadUpdateIsPausedUntilSomebodySaysMore() {
    put("/shop/web", config("a", "{}"), 2);
    awaitSettled("/shop/web", 2);
    bench.bad.add("b");
    put("/shop/web", config("b", "{}"), 2);
    await(
        "paused",
        () ->
            bench.app("/shop/web").rollout().map(Rollout::state).stream()
                .anyMatch(Rollout.State.PAUSED::equals));
    // What failed is cleared away by an order of its own, which takes its time.
    await("what failed is gone", () -> bench.instances("/shop/web").size() == 2);
    bench.bad.clear();
    bench.apps.resume(WEB, options());
    await(
        "it went on",
        () ->
            bench.isSettled("/shop/web")
                && bench.instances("/shop/web").stream()
                    .allMatch(one -> one.revision().number() == 2));
  }

  @Test
  void whatANodeRefusesGoesToTheNextBest() {
    bench.refusing.add("host-2");
    put("/shop/web", config("a", "{}"), 3);
    awaitSettled("/shop/web", 3);
    assertTrue(!bench.nodesOf("/shop/web").contains("host-2"));
  }

  @Test
  void whereNobodyTakesItTheReasonsAreTold() {
    bench.refusing.addAll(Set.of("host-1", "host-2", "host-3"));
    put("/shop/web", config("a", "{}"), 1);
    await(
        "the reasons",
        () ->
            bench.apps.find(WEB).orElseThrow().waiting().stream()
                .anyMatch(
                    waiting ->
                        waiting
                            .nodes()
                            .equals(
                                Map.of(
                                    "host-1", "it has had enough",
                                    "host-2", "it has had enough",
                                    "host-3", "it has had enough"))));
  }

  @Test
  void aNodeThatHangsHoldsUpNoOtherAppAndNoOtherNode() {
    bench.hanging.add("host-2");
    String slow = bench.ours("/slow");
    String quick = bench.ours("/quick");
    put(slow, config("a", "{}"), 3);
    await("two of three", () -> bench.instances(slow).size() == 2);
    put(
        quick,
        config(
            "a",
            "{'placement':{'constraints':[{'field':'node','operator':'unlike','value':'host-2'}]}}"),
        2);
    awaitSettled(quick, 2);
  }

  @Test
  void killedInstancesAreReplacedUnlessTheAppIsToBeSmaller() {
    put("/shop/web", config("a", "{}"), 3);
    awaitSettled("/shop/web", 3);
    Instance first = bench.instances("/shop/web").getFirst();
    assertEquals(List.of(first), bench.apps.kill(WEB, Set.of(first.id()), false, options()));
    await(
        "another took its place",
        () ->
            bench.instances("/shop/web").size() == 3
                && bench.instances("/shop/web").stream()
                    .noneMatch(one -> one.id().equals(first.id())));
    Instance second = bench.instances("/shop/web").get(1);
    bench.apps.kill(WEB, Set.of(second.id()), true, options());
    awaitSettled("/shop/web", 2);
    assertEquals(2, bench.app("/shop/web").instances());
    assertTrue(bench.instances("/shop/web").stream().noneMatch(it -> it.id().equals(second.id())));
  }

  @Test
  void theInstancesOfADeletedAppAreStopped() {
    put("/shop/web", config("a", "{}"), 3);
    awaitSettled("/shop/web", 3);
    bench.apps.delete(List.of(WEB), options());
    await("none is left", () -> bench.facts.of(Instance.FACT).isEmpty());
  }

  @Test
  void whereNobodyHasARecordTheAppIsReadBackFromLabels() {
    AppConfig config = config("a", "{}");
    Revision revision = new Revision(WEB, new RevisionId(4, config.hash()), 0, "tester", config);
    InstanceId id = InstanceId.of("2-abcdefgh");
    bench.label("host-2", revision, id);
    bench.tell(HerdBench.instance(revision, id, "host-2", Phase.RUNNING));
    await("it is read back", () -> bench.book.find(WEB).isPresent());
    assertEquals(revision.id(), bench.app("/shop/web").revision());
    assertEquals(2, bench.app("/shop/web").instances());
    assertEquals(config, bench.apps.find(WEB).orElseThrow().revision().config());
  }

  @Test
  void aDrainedNodeIsEmptied() {
    put("/shop/web", config("a", "{}"), 3);
    awaitSettled("/shop/web", 3);
    bench.fleet.drained.add("host-2");
    bench.records.put("nodes/host-2", new JsonObject().put("drained", true), AppsBench.LIMIT);
    await(
        "host-2 is empty",
        () ->
            bench.instances("/shop/web").size() == 3
                && !bench.nodesOf("/shop/web").contains("host-2"));
  }

  @Test
  void anAppWaitsForWhatItNeedsAndIsRestartedWithIt() {
    String needs = "{'dependencies':{'" + db + "':{'condition':'healthy','restart':true}}}";
    put("/shop/web", config("a", needs), 1);
    await(
        "it waits",
        () ->
            bench.apps.find(WEB).orElseThrow().waiting().stream()
                .anyMatch(waiting -> waiting.reason().contains(db)));
    put(db, config("a", "{}"), 1);
    awaitSettled(db, 1);
    awaitSettled("/shop/web", 1);
    assertTrue(bench.apps.find(WEB).orElseThrow().waiting().isEmpty());
    put(db, config("b", "{}"), 1);
    await(
        "it is restarted",
        () -> bench.isSettled("/shop/web") && bench.app("/shop/web").revision().number() == 2);
  }

  /** An app whose instances fail, and are replaced at once. */
  private void putWhatIsTriedAgain(String image) {
    put(
        "/shop/web",
        config(image, "{'backoff':{'firstMillis':10,'factor':1,'longestMillis':10}}"),
        1);
    await(
        "tried again",
        () -> bench.orders.stream().filter(it -> it.contains(Orders.RUN)).count() > 2);
  }

  @Test
  void aFailingServiceIsTriedAgainAndItsFailureIsKept() {
    bench.bad.add("a");
    putWhatIsTriedAgain("a");
    bench.bad.clear();
    awaitSettled("/shop/web", 1);
    assertEquals(
        List.of("no cheese"),
        bench.apps.find(WEB).orElseThrow().lastFailure().orElseThrow().lastLines());
  }

  @Test
  void whatFailsIsReplacedThoughItCantBeWrittenDownAndIsToldUntilItIs() {
    bench.bad.add("a");
    bench.records.full.add("app-failures/");
    putWhatIsTriedAgain("a");
    assertTrue(bench.orders.stream().noneMatch(it -> it.contains(Orders.CLEAR)), "lost");
    bench.bad.clear();
    bench.records.full.clear();
    await("it is written down", () -> bench.apps.find(WEB).orElseThrow().lastFailure().isPresent());
    awaitSettled("/shop/web", 1);
  }
}
