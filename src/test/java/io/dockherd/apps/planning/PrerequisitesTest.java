package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrerequisitesTest {
  private static final RevisionId REVISION = RevisionId.of("1-00000000");
  private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");

  private static App app(String path, int instances, String rolloutId, Rollout.Kind kind) {
    AppVersion version = new AppVersion(NOW, REVISION, instances, "test");
    return App.starting(
        new AppPath(path),
        version,
        new Rollout(rolloutId, kind, Rollout.State.RUNNING, version, version, NOW, ""));
  }

  private static AppConfig needing(String dependency) {
    return Scene.config(
        json ->
            json.put(
                "dependencies",
                new JsonObject().put("/shop/db", new JsonObject(dependency.replace('\'', '"')))));
  }

  private static Instance instance(int slot, Phase phase, boolean isHealthy) {
    return Scene.instance(
        new InstanceId(slot, "abcdefgh"), "a", REVISION, phase, isHealthy, NOW.toEpochMilli());
  }

  private static Optional<String> missing(
      String dependency, App db, Outcomes outcomes, Instance... instances) {
    App web = app("/shop/web", 1, "one", Rollout.Kind.UPDATE);
    Prerequisites.Other other =
        new Prerequisites.Other(db, Optional.empty(), List.of(instances), outcomes);
    return Prerequisites.missing(web, needing(dependency), path -> List.of(other));
  }

  @Test
  void whatIsNeededHasToRunToBeHealthyOrToBeDone() {
    App starting = app("/shop/db", 2, "two", Rollout.Kind.START);
    App settled = starting.settled();
    Instance up = instance(1, Phase.RUNNING, true);
    Instance ill = instance(2, Phase.RUNNING, false);
    Instance young = instance(2, Phase.STARTING, false);
    Outcomes none = Outcomes.NONE;
    Outcomes done = none.finished(REVISION, up.id(), "a").finished(REVISION, ill.id(), "a");
    List<String> found = new ArrayList<>();
    found.add(missing("{'condition':'started'}", starting, none, up, young).orElse(""));
    found.add(missing("{'condition':'started'}", starting, none, up, ill).orElse(""));
    found.add(missing("{'condition':'healthy'}", starting, none, up, ill).orElse(""));
    found.add(missing("{'condition':'healthy'}", settled, none, up, ill).orElse(""));
    found.add(missing("{'condition':'healthy'}", settled, none, ill).orElse(""));
    found.add(missing("{'condition':'completed'}", settled, none, up, ill).orElse(""));
    found.add(missing("{'condition':'completed'}", settled, done).orElse(""));
    assertEquals(
        List.of(
            "waits for /shop/db to run",
            "",
            "waits for /shop/db to be healthy",
            "",
            "waits for /shop/db to be healthy",
            "waits for /shop/db to be done",
            ""),
        found);
  }

  @Test
  void whatIsNotThereIsWaitedForUnlessItIsNotRequired() {
    App web = app("/shop/web", 1, "one", Rollout.Kind.START);
    assertEquals(
        Optional.of("waits for /shop/db, which is not there"),
        Prerequisites.missing(web, needing("{}"), path -> List.of()));
    assertEquals(
        Optional.empty(),
        Prerequisites.missing(web, needing("{'required':false}"), path -> List.of()));
  }

  @Test
  void thoseChangedByOneCallAreChangedOneAfterTheOther() {
    Instance up = instance(1, Phase.RUNNING, true);
    App together = app("/shop/db", 1, "one", Rollout.Kind.UPDATE);
    App apart = app("/shop/db", 1, "two", Rollout.Kind.UPDATE);
    assertEquals(
        "waits for the change of /shop/db to be through",
        missing("{}", together, Outcomes.NONE, up).orElse(""));
    assertEquals("", missing("{}", apart, Outcomes.NONE, up).orElse(""));
  }
}
