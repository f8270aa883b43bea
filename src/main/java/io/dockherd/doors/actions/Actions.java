package io.dockherd.doors.actions;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.access.Identity;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All actions by name, and how one is done: checked, let through the gate, within its limit. */
public final class Actions implements AutoCloseable {
  /**
   * An action ends its own waits at its limit and so can still say what came by then; half of the
   * limit later, within these bounds, it is given up from outside.
   */
  private static final long LEAST_GRACE_MILLIS = 100;

  private static final long MOST_GRACE_MILLIS = 1_000;
  private static final int LONGEST_SUBJECT = 512;

  private final ActionSettings settings;
  private final Gate gate;
  private final Audit audit;
  private final List<Action> all;
  private final Map<String, Action> byName = new LinkedHashMap<>();
  private final Timekeeper timekeeper = new Timekeeper();

  /** Those actions. */
  public Actions(ActionSettings settings, Gate gate, Audit audit, List<? extends Action> actions) {
    this.settings = settings;
    this.gate = gate;
    this.audit = audit;
    this.all = List.copyOf(actions);
    for (Action action : all) {
      for (String name : action.names()) {
        if (byName.put(name, action) != null) {
          throw new IllegalArgumentException("two actions called " + name);
        }
      }
    }
  }

  /** All of them. */
  public List<Action> all() {
    return all;
  }

  /** The answer to a request that failed for that reason. */
  public static Reply failed(String requestId, Throwable cause) {
    return ActionErrors.reply(requestId, cause);
  }

  /**
   * Does what {@code json} asks for and answers in any case, within the action's limit. Waits; call
   * it on a virtual thread.
   *
   * @param early gets the answer, at most once, if the action can't be stopped; what is returned
   *     then is of no use any more
   */
  public Reply perform(
      JsonObject json, Arrival arrival, Identity who, String requestId, Consumer<Reply> early) {
    try {
      Action action = find(json);
      Duration limit = limit(action, json, arrival, who, requestId);
      return audited(action, checked(action, limit, json, arrival, who, requestId), limit, early);
    } catch (RuntimeException | Error e) {
      // Errors too: whoever waits is to be told, whatever it was.
      return ActionErrors.reply(requestId, e);
    }
  }

  /**
   * Begins to do what {@code json} asks for without waiting, on an event loop; empty when that
   * can't be, and it is for {@link #perform}. Answers in any case, within the action's limit.
   */
  public Optional<Future<Reply>> atOnce(
      JsonObject json, Arrival arrival, Identity who, String requestId) {
    try {
      Action action = find(json);
      if (action.changes()) {
        return Optional.empty();
      }
      Duration limit = limit(action, json, arrival, who, requestId);
      ActionRequest request = checked(action, limit, json, arrival, who, requestId);
      gate.admit(who, action.verb(), cut(action.subject(request)));
      return action
          .atOnce(request)
          .map(reply -> reply.otherwise(cause -> ActionErrors.reply(requestId, cause)));
    } catch (RuntimeException e) {
      return Optional.of(Future.succeededFuture(ActionErrors.reply(requestId, e)));
    }
  }

  private static ActionRequest checked(
      Action action,
      Duration limit,
      JsonObject json,
      Arrival arrival,
      Identity who,
      String requestId) {
    CommonFields.ALL.forEach(field -> field.in(json));
    action.fields().forEach(field -> field.in(json));
    return new ActionRequest(json, arrival, who, requestId, Deadline.in(limit));
  }

  private Action find(JsonObject json) {
    String name = CommonFields.ACTION.required(json);
    Action action = byName.get(name);
    if (action == null) {
      throw new UnknownAction(name);
    }
    return action;
  }

  private Duration limit(
      Action action, JsonObject json, Arrival arrival, Identity who, String requestId) {
    Optional<Duration> asked = CommonFields.TIME_LIMIT.in(json).map(Duration::ofMillis);
    return asked
        .or(() -> Optional.ofNullable(settings.actionTimeouts().get(action.name())))
        .orElseGet(
            () ->
                action.limit(
                    new ActionRequest(
                        json, arrival, who, requestId, Deadline.in(settings.taskTimeout())),
                    settings));
  }

  private Reply audited(
      Action action, ActionRequest request, Duration limit, Consumer<Reply> early) {
    String subject = cut(action.subject(request));
    try {
      gate.admit(request.who(), action.verb(), subject);
      Reply reply = within(limit, action, request, early);
      audit(action, request, subject, String.valueOf(reply.status()));
      return reply;
    } catch (Failure e) {
      audit(action, request, subject, ActionErrors.code(e));
      throw e;
    } catch (RuntimeException | Error e) {
      audit(action, request, subject, "broken");
      throw e;
    }
  }

  private void audit(Action action, ActionRequest request, String subject, String outcome) {
    if (action.changes()) {
      audit.changed(request.who(), request.requestId(), action.verb(), subject, outcome);
    }
  }

  private Reply within(
      Duration limit, Action action, ActionRequest request, Consumer<Reply> early) {
    Duration grace =
        Duration.ofMillis(Math.clamp(limit.toMillis() / 2, LEAST_GRACE_MILLIS, MOST_GRACE_MILLIS));
    Timekeeper.Shift shift =
        timekeeper.begin(
            limit.plus(grace),
            grace,
            () -> early.accept(failed(request.requestId(), late(action, limit))));
    Reply reply;
    try {
      reply = action.perform(request);
    } catch (RuntimeException | Error e) {
      if (shift.end()) {
        throw late(action, limit);
      }
      throw e;
    }
    shift.end();
    return reply;
  }

  private static TimedOut late(Action action, Duration limit) {
    return new TimedOut(
        action.name(),
        "no answer within " + limit.toMillis() + " ms; whether it was done is not known",
        "look, then ask again, or give a longer timeLimit");
  }

  /** No log line is longer for what a caller made up. */
  private static String cut(String subject) {
    return subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT);
  }

  /** Checks that settings name actions there are. */
  public void check(Map<String, Duration> timeouts) {
    for (String name : timeouts.keySet()) {
      if (!byName.containsKey(name)) {
        throw new Invalid(name, "'" + name + "' is no action", "see docs/actions.md for all");
      }
    }
  }

  @Override
  public void close() {
    timekeeper.close();
  }
}
