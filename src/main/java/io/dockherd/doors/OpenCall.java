package io.dockherd.doors;

import io.dockherd.access.Identity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A request whose head is there, while its body is held back until somebody takes it, whole with
 * {@link #body} or as it comes with {@link #stream}; once.
 */
public final class OpenCall {
  private final String requestId;
  private final Identity who;
  private final HttpServerRequest request;
  private final Context context;
  private final Visit visit;
  private final Intake intake;

  OpenCall(
      String requestId,
      Identity who,
      HttpServerRequest request,
      Context context,
      Visit visit,
      Intake intake) {
    this.requestId = requestId;
    this.who = who;
    this.request = request;
    this.context = context;
    this.visit = visit;
    this.intake = intake;
  }

  /** Follows it through logs and across nodes. */
  public String requestId() {
    return requestId;
  }

  /** Who asks. */
  public Identity who() {
    return who;
  }

  /** Upper case. */
  public String method() {
    return request.method().name();
  }

  /** As it was sent, without the query. */
  public String path() {
    return request.path() == null ? "" : request.path();
  }

  /** The query's raw text; "" for none. */
  public String query() {
    return request.query() == null ? "" : request.query();
  }

  /** Whether it came over TLS. */
  public boolean isSecure() {
    return request.isSSL();
  }

  /** As they were sent. */
  public MultiMap headers() {
    return request.headers();
  }

  /** Whether there is a body, if only an empty one that comes in pieces. */
  public boolean hasBody() {
    return hasBody(request);
  }

  static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null || length != null && !length.equals("0");
  }

  /** The length of the body as announced; -1 when it comes in pieces, 0 when there is none. */
  public long bodyBytes() {
    String length = request.getHeader("Content-Length");
    if (request.getHeader("Transfer-Encoding") != null) {
      return -1;
    }
    return length == null ? 0 : Long.parseLong(length.strip());
  }

  /**
   * Waits for the whole body.
   *
   * @throws Turned when it is longer than {@code mostBytes}, or does not come in time
   */
  public Buffer body(int mostBytes) {
    if (!hasBody()) {
      return Buffer.buffer();
    }
    java.util.concurrent.CompletableFuture<Buffer> whole =
        new java.util.concurrent.CompletableFuture<>();
    context.runOnContext(
        start ->
            // In a future from the first step on: were something thrown there, this would wait for
            // ever.
            Future.succeededFuture()
                .compose(begun -> taken(mostBytes))
                .onSuccess(whole::complete)
                .onFailure(whole::completeExceptionally));
    try {
      return whole.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Turned turned ? turned : new CallerGone();
    }
  }

  private Future<Buffer> taken(int mostBytes) {
    Future<Buffer> taken = intake.take(request, mostBytes, visit);
    request.resume();
    return taken;
  }

  /** The body as it comes: paused, with back-pressure. */
  public ReadStream<Buffer> stream() {
    return request;
  }

  /**
   * Waits for something the caller waits for. When he goes meanwhile the thread is interrupted, as
   * nobody cares any more: for what may be left half done.
   */
  public <T> T whileThere(Supplier<T> wait) {
    return visit.whileThere(wait);
  }

  /** Completes when the caller goes before he is answered. */
  public Future<?> gone() {
    return visit.whenGone();
  }

  /** The caller went before he was answered: nobody is to be told anything. */
  public static final class CallerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallerGone() {
      super("the caller has gone", null, false, false);
    }
  }
}
