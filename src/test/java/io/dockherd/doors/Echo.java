package io.dockherd.doors;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A dialect that says who asked and how much; {@code /wait} answers when the test lets it, {@code
 * /soon…} on the event loop.
 */
final class Echo implements WholeDialect {
  final CountDownLatch gate = new CountDownLatch(1);

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public boolean owns(String method, String path) {
    return !path.equals("/elsewhere");
  }

  @Override
  public Answer answer(Call call) {
    if (call.path().equals("/break")) {
      throw new IllegalStateException("broken on purpose");
    }
    if (call.path().equals("/wait")) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return Answer.json(
        200,
        new JsonObject()
            .put("who", call.who().name())
            .put("bytes", call.body().length())
            .put("path", call.path())
            .toBuffer());
  }

  @Override
  public Optional<Future<Answer>> atOnce(Call call) {
    return switch (call.path()) {
      case "/soon" -> Optional.of(Future.succeededFuture(Answer.text(200, place())));
      case "/soon/break" -> throw new IllegalStateException("broken on purpose");
      case "/soon/fail" -> Optional.of(Future.failedFuture("failed on purpose"));
      default -> Optional.empty();
    };
  }

  private static String place() {
    return Context.isOnEventLoopThread() ? "on the event loop" : "elsewhere";
  }

  @Override
  public Answer failed(String requestId, Throwable cause) {
    int status = cause instanceof Turned turned ? turned.status() : 500;
    return Answer.json(status, Buffer.buffer("{\"message\":\"" + cause.getMessage() + "\"}"));
  }
}
