package io.dockherd.doors.apps;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.Instance;
import io.vertx.core.json.JsonObject;

/**
 * How events are shown.
 *
 * <pre>
 * {"event":"instance-moved","path":"/shop/web","words":"/shop/web #3 is running on host-2","node":"host-2",
 *  "instance":"3-k2x9qa0b","phase":"running","healthy":true,"atMillis":…}</pre>
 */
final class EventForms {
  private EventForms() {}

  static JsonObject of(AppEvent event) {
    return switch (event) {
      case AppEvent.Changed it ->
          form(
                  event,
                  "changed",
                  it.before().isPresent()
                      ? "is to be revision " + it.now().revision() + ", " + many(it.now())
                      : "is new: revision " + it.now().revision() + ", " + many(it.now()))
              .put("revision", it.now().revision().toString())
              .put("instances", it.now().instances());
      case AppEvent.Deleted it -> form(event, "deleted", "is deleted");
      case AppEvent.RolloutBegan it ->
          form(event, "rollout-began", "is rolled out: " + Forms.word(it.rollout().kind()))
              .put("rollout", Forms.rollout(it.rollout()));
      case AppEvent.RolloutSucceeded it ->
          form(event, "rollout-succeeded", "is as it is to be")
              .put("rollout", Forms.rollout(it.rollout()));
      case AppEvent.RolloutFailed it ->
          form(event, "rollout-failed", "could not be rolled out: " + it.reason())
              .put("reason", it.reason())
              .put("rollout", Forms.rollout(it.rollout()));
      case AppEvent.InstanceMoved it ->
          instance(event, "instance-moved", "is " + Forms.word(it.now().phase()), it.now());
      case AppEvent.HealthChanged it ->
          instance(
              event,
              "health-changed",
              it.now().isHealthy() ? "is healthy" : "is not healthy",
              it.now());
      case AppEvent.CheckFailed it -> {
        String cause = it.now().checks().get(it.check()).lastFailureCause();
        yield instance(event, "check-failed", "has failed a health check: " + cause, it.now())
            .put("check", it.check())
            .put("cause", cause);
      }
      case AppEvent.InstanceGone it ->
          instance(
                  event,
                  "instance-gone",
                  it.isLost() ? "is lost with its node" : "is gone",
                  it.last())
              .put("lost", it.isLost());
      case AppEvent.InstanceFailed it ->
          form(
                  event,
                  "instance-failed",
                  "has failed on " + it.failure().node() + ": " + it.failure().message())
              .put("failure", it.failure().json());
      case AppEvent.Contradicted it ->
          form(
                  event,
                  "contradicted",
                  "was changed on both sides of a split: revision "
                      + it.winner().revision()
                      + " stays, "
                      + it.loser().revision()
                      + " does not")
              .put("winner", it.winner().revision().toString())
              .put("loser", it.loser().revision().toString());
    };
  }

  private static String many(App app) {
    return app.instances() + (app.instances() == 1 ? " instance" : " instances");
  }

  private static JsonObject form(AppEvent event, String word, String what) {
    return new JsonObject()
        .put("event", word)
        .put("path", event.path().value())
        .put("words", event.path() + " " + what);
  }

  private static JsonObject instance(AppEvent event, String word, String what, Instance it) {
    return form(event, word, "#" + it.id().slot() + " on " + it.node() + " " + what)
        .put("node", it.node())
        .put("instance", it.id().toString())
        .put("revision", it.revision().toString())
        .put("phase", Forms.word(it.phase()))
        .put("healthy", it.isHealthy())
        .put("message", it.message());
  }
}
