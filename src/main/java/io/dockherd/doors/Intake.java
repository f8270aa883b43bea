package io.dockherd.doors;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/** Collects requests' bodies: each bounded in size and in time, and all of them together. */
final class Intake {
  private final Vertx vertx;
  private final DoorLimits limits;
  private final AtomicLong heldByAll = new AtomicLong();

  Intake(Vertx vertx, DoorLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  static Turned tooLarge(long mostBytes) {
    return new Turned(413, "too-large", "the body is larger than " + mostBytes + " bytes");
  }

  /** Whether a Content-Length announces too much; digits are all that gets this far. */
  static boolean isTooLarge(String length, long mostBytes) {
    return length.length() > 18 || Long.parseLong(length.strip()) > mostBytes;
  }

  /** How many bytes of bodies are held just now. */
  long heldBytes() {
    return heldByAll.get();
  }

  /**
   * Takes a body; on its event loop. What is held counts until the visit ends.
   *
   * @return fails with {@link Turned} when the caller is to be turned away, with another when he
   *     went
   */
  Future<Buffer> take(HttpServerRequest request, int mostBytes, Visit visit) {
    return new Taking(mostBytes, visit).take(request);
  }

  /** One body on its way. */
  private final class Taking {
    private final int mostBytes;
    private final Visit visit;
    private final AtomicLong held = new AtomicLong();
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    private Taking(int mostBytes, Visit visit) {
      this.mostBytes = mostBytes;
      this.visit = visit;
    }

    private Future<Buffer> take(HttpServerRequest request) {
      visit.onEnd(() -> heldByAll.addAndGet(-held.getAndSet(0)));
      long timer =
          vertx.setTimer(
              limits.receive().toMillis(),
              late ->
                  whole.tryFail(
                      new Turned(408, "timed-out", "the request did not arrive in time")));
      visit.onEnd(() -> vertx.cancelTimer(timer));
      // Only called while the body is not whole; later the call goes on and keeps its place.
      request.exceptionHandler(whole::tryFail);
      // He may have gone before anybody listened.
      visit.whenGone().onSuccess(gone -> whole.tryFail(new OpenCall.CallerGone()));
      request.handler(this::add);
      request.endHandler(
          end -> {
            vertx.cancelTimer(timer);
            whole.tryComplete(body);
          });
      return whole.future();
    }

    private void add(Buffer chunk) {
      if (whole.future().isComplete() || visit.isOver()) {
        return;
      }
      if (body.length() + chunk.length() > mostBytes) {
        whole.tryFail(tooLarge(mostBytes));
        return;
      }
      held.addAndGet(chunk.length());
      if (heldByAll.addAndGet(chunk.length()) > limits.heldBytes()) {
        whole.tryFail(new Turned(503, "busy", "too many large requests at once: try again"));
        return;
      }
      body.appendBuffer(chunk);
    }
  }
}
