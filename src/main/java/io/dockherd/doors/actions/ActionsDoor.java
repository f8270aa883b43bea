package io.dockherd.doors.actions;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Call;
import io.dockherd.doors.Turned;
import io.dockherd.doors.WholeDialect;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The actions over HTTP: {@code POST /} with one JSON object, answered with another. */
public final class ActionsDoor implements WholeDialect {
  /** What {@code GET /} says, as it has since the seed. */
  private static final String GREETING = "DockerMod HttpService";

  /** Longer requests are not read on an event loop. */
  private static final int SHORT_BYTES = 4 << 10;

  private final Actions actions;
  private final RequestText texts = new RequestText();

  /** The door to {@code actions}. */
  public ActionsDoor(Actions actions) {
    this.actions = actions;
  }

  @Override
  public String name() {
    return "actions";
  }

  @Override
  public boolean owns(String method, String path) {
    return path.equals("/") || path.isEmpty();
  }

  @Override
  public Answer answer(Call call) {
    return switch (call.method()) {
      case "POST" -> post(call);
      case "GET", "HEAD" -> Answer.text(200, GREETING);
      default ->
          failed(
                  call.requestId(),
                  new Turned(405, "no-such-method", "POST an action, or GET a greeting"))
              .header("Allow", "GET, HEAD, POST");
    };
  }

  @Override
  public Optional<Future<Answer>> atOnce(Call call) {
    if (!call.method().equals("POST") || call.body().length() > SHORT_BYTES) {
      return Optional.empty();
    }
    return actions
        .atOnce(texts.parse(call.body()), Arrival.ANYWHERE, call.who(), call.requestId())
        .map(reply -> reply.map(ActionsDoor::answer));
  }

  @Override
  public Answer failed(String requestId, Throwable cause) {
    return answer(ActionErrors.reply(requestId, cause));
  }

  private Answer post(Call call) {
    JsonObject request = texts.parse(call.body());
    return answer(
        actions.perform(
            request,
            Arrival.ANYWHERE,
            call.who(),
            call.requestId(),
            reply -> call.early().accept(answer(reply))));
  }

  private static Answer answer(Reply reply) {
    return Answer.json(reply.status(), reply.body());
  }
}
