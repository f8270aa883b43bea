package io.dockherd.apps.stewards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
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

  private static ChangeOptions options() {
    return ChangeOptions.by("tester", AppsBench.LIMIT);
  }

  private static AppConfig config(String image, String more) {
    JsonObject json = AppsBench.config(image).json();
    json.getJsonObject("update").put("monitorMillis", 0);
    return AppConfig.of(json.mergeIn(new JsonObject(more.replace('\'', '"')), true));
  }

  private void put(String path, AppConfig config, int instances) {
    Wanted wanted = AppsBench.wanted(path, config, instances);
    bench.apps.put(List.of(wanted), options());
  }

  private void await(String what, BooleanSupplier isSo) {
    Await.until(
        () -> what + ": " + bench.book.under("/") + bench.facts.of(Instance.FACT) + bench.orders,
        Duration.ofSeconds(30),
        isSo);
  }

  private void awaitSettled(String path, int instances) {
    await(
        path + " has " + instances + " instances",
        () -> bench.isSettled(path) && bench.instances(path).size() == instances);
  }

  /** A container of an instance there carries the whole revision. */
  private void label(String node, Revision revision, InstanceId id) {
    JsonObject labels =
        new JsonObject()
            .put(AppLabel.HERD, "test")
            .put(AppLabel.APP, revision.path().value())
            .put(AppLabel.INSTANCE, id.toString())
            .put(AppLabel.DOCUMENT, revision.json().encode());
    JsonObject entry =
        new JsonObject()
            .put("Id", "c0ffee" + id.slot())
            .put("Names", new JsonArray().add("/web-" + id.slot()))
            .put("Labels", labels)
            .put("State", "running")
            .put("Status", "Up 2 minutes");
    JsonObject status = new JsonObject().put("state", "running");
    bench.fleet.containers.put(
        node,
        List.of(
            KnownContainer.of(
                new JsonObject()
                    .put("entry", entry)
                    .put("created", 0)
                    .put("status", status)
                    .toBuffer())));
  }

  private void loseRevision(RevisionId id) {
    bench.records.delete("app-revisions" + WEB + "@" + id, AppsBench.LIMIT);
  }

  @Test
  void aConfigurationThatIsGoneIsReadBackFromLabels() {
    put(web, config("a", "{}"), 1);
    awaitSettled(web, 1);
    Instance one = bench.instances(web).getFirst();
    Revision revision = bench.book.revision(WEB, one.revision()).orElseThrow();
    label(one.node(), revision, one.id());
    loseRevision(revision.id());
    await("it is back", () -> bench.book.revision(WEB, revision.id()).isPresent());
    assertEquals(revision, bench.book.revision(WEB, revision.id()).orElseThrow());
    awaitSettled(web, 1);
  }

  @Test
  void whereNoLabelHasItTheAppGoesBackToWhatWasThrough() {
    put(web, config("a", "{}"), 1);
    awaitSettled(web, 1);
    bench.refusing.addAll(Set.of("host-1", "host-2", "host-3"));
    put(web, config("b", "{}"), 1);
    loseRevision(bench.app(web).revision());
    await("it goes back", () -> bench.app(web).revision().number() == 1);
    awaitSettled(web, 1);
  }

  @Test
  void whereThereIsNothingToGoBackToThatIsTold() {
    bench.refusing.addAll(Set.of("host-1", "host-2", "host-3"));
    put(web, config("a", "{}"), 1);
    loseRevision(bench.app(web).revision());
    await(
        "it is told",
        () ->
            bench.facts.of(Waiting.FACT).stream()
                .anyMatch(fact -> fact.json().getString("reason", "").contains("is lost")));
  }

  @Test
  void anAppThatWasReadBackIsAsBigAsWhatNodesBringThatComeLater() {
    AppConfig config = config("a", "{}");
    Revision revision = new Revision(WEB, new RevisionId(4, config.hash()), 0, "tester", config);
    InstanceId second = InstanceId.of("2-abcdefgh");
    label("host-2", revision, second);
    bench.tell(old(revision, second, "host-2"));
    await("it is read back", () -> bench.book.find(WEB).isPresent());
    assertEquals(2, bench.app(web).instances());
    bench.tell(old(revision, InstanceId.of("5-abcdefgh"), "host-3"));
    awaitSettled(web, 5);
    assertEquals(5, bench.app(web).instances());
    // Somebody's word is not outdone.
    bench.apps.scale(WEB, 1, options());
    awaitSettled(web, 1);
    bench.tell(old(revision, InstanceId.of("7-abcdefgh"), "host-3"));
    await("it goes", () -> bench.instances(web).size() == 1);
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
    put(db, config("a", "{}"), 1);
    awaitSettled(db, 1);
    String needs = "{'dependencies':{'" + db + "':{'condition':'healthy','restart':true}}}";
    put(own, config("a", needs), 1);
    awaitSettled(own, 1);
    bench.bad.add("b");
    put(own, config("b", needs), 1);
    await(
        "it is paused",
        () -> bench.app(own).rollout().filter(change -> !change.isRunning()).isPresent());
    put(db, config("c", "{}"), 1);
    awaitSettled(db, 1);
    assertEquals(Set.of(AppPath.of(own)), bench.app(db).restarts());
    put(own, config("d", needs), 1);
    await("it is restarted", () -> bench.isSettled(own) && bench.app(own).revision().number() == 4);
    await("nothing is owed", () -> bench.app(db).restarts().isEmpty());
  }

  @Test
  void aNodeThatIsForgottenAnywhereIsForgottenHere() {
    put(web, config("a", "{}"), 3);
    awaitSettled(web, 3);
    bench.lose("host-3");
    await("replaced", () -> bench.instances(web).size() == 3);
    assertEquals(1, bench.facts.lost(Instance.FACT).size());
    bench.records.delete("known-nodes/host-3", AppsBench.LIMIT);
    await("forgotten", () -> bench.facts.lost(Instance.FACT).isEmpty());
  }

  @Test
  void anInstanceOfADeletedAppThatCantBeStoppedHoldsUpNoOther() {
    put(web, config("a", "{}"), 3);
    awaitSettled(web, 3);
    bench.hanging.add("host-1");
    bench.apps.delete(List.of(WEB), options());
    await("one is left", () -> bench.facts.of(Instance.FACT).size() == 1);
  }

  @Test
  void aSlotIsAtHomeNoMoreThoughTheNodeThatIsToStopItDoesNotAnswer() {
    put(web, config("a", "{'onSplit':'stay'}"), 2);
    awaitSettled(web, 2);
    await("at home", () -> bench.book.outcomes(WEB).homes().size() == 2);
    bench.hanging.addAll(Set.of("host-1", "host-2", "host-3"));
    bench.apps.scale(WEB, 1, options());
    await("one has left", () -> bench.book.outcomes(WEB).homes().size() == 1);
    await(
        "the order goes out",
        () -> bench.orders.stream().anyMatch(order -> order.contains(Orders.STOP)));
    assertEquals(1, bench.book.outcomes(WEB).homes().size());
  }
}
