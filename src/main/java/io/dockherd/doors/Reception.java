package io.dockherd.doors;

import io.dockherd.access.Identity;
import io.dockherd.engine.HomeLoop;
import io.dockherd.telemetry.Log;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Takes requests in on the event loop, within the limits, and hands whole ones over. */
final class Reception {
  private static final Log LOG = Log.of(Reception.class);

  private final Vertx vertx;
  private final DoorLimits limits;
  private final RequestIds ids;
  private final Admission admission;
  private final List<Dialect> dialects;
  private final AtomicInteger inWork = new AtomicInteger();
  private final Intake intake;

  Reception(
      Vertx vertx, DoorLimits limits, RequestIds ids, Origins origins, List<Dialect> dialects) {
    if (dialects.isEmpty()) {
      throw new IllegalArgumentException("a door without a dialect");
    }
    this.vertx = vertx;
    this.limits = limits;
    this.ids = ids;
    this.admission = new Admission(origins, limits);
    this.dialects = dialects;
    this.intake = new Intake(vertx, limits);
  }

  /** Whether a request may be answered with the connection itself. On the event loop. */
  boolean mayUpgrade(String method, String path) {
    return dialects.stream()
        .filter(dialect -> dialect.owns(method, path))
        .findFirst()
        .filter(StreamingDialect.class::isInstance)
        .filter(dialect -> ((StreamingDialect) dialect).mayUpgrade(method, path))
        .isPresent();
  }

  int callsInWork() {
    return inWork.get();
  }

  long heldBytes() {
    return intake.heldBytes();
  }

  /** A request's head is there. On the event loop. */
  void receive(HttpServerRequest request, Listener listener, OpenConnections connections) {
    String id = ids.of(request.getHeader(RequestIds.HEADER));
    connections.begin(request.connection());
    Visit visit = new Visit(vertx, request, id, () -> connections.end(request.connection()));
    Optional<Dialect> owner =
        dialects.stream()
            .filter(dialect -> dialect.owns(request.method().name(), path(request)))
            .findFirst();
    Dialect dialect = owner.orElse(dialects.getFirst());
    Identity who;
    try {
      who = admission.admit(request, listener, dialect);
      if (owner.isEmpty()) {
        throw new Turned(404, "no-such-path", "nothing is at '" + path(request) + "'");
      }
      if (inWork.get() >= limits.calls()) {
        throw new Turned(503, "busy", "too many calls in work: try again in a moment");
      }
    } catch (Turned e) {
      visit.turnAway(dialect, e);
      return;
    }
    inWork.incrementAndGet();
    visit.onEnd(inWork::decrementAndGet);
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    switch (dialect) {
      case WholeDialect whole -> takeWhole(request, whole, id, who, visit);
      case StreamingDialect streaming -> takeOpen(request, streaming, id, who, visit);
    }
  }

  private void takeWhole(
      HttpServerRequest request, WholeDialect dialect, String id, Identity who, Visit visit) {
    intake
        .take(request, limits.bodyBytes(), visit)
        .onSuccess(body -> begin(visit, dialect, call(request, id, who, body, visit)))
        .onFailure(
            cause -> {
              if (cause instanceof Turned turned) {
                visit.turnAway(dialect, turned);
              } else {
                visit.abandon();
              }
            });
  }

  private void takeOpen(
      HttpServerRequest request, StreamingDialect dialect, String id, Identity who, Visit visit) {
    Context context = vertx.getOrCreateContext();
    if (OpenCall.hasBody(request)) {
      request.pause();
    }
    request.response().closeHandler(closed -> visit.gone());
    OpenCall call = new OpenCall(id, who, request, context, visit, intake);
    Delivery delivery = new Delivery(vertx, request, id, visit);
    long start = System.nanoTime();
    begun(() -> dialect.atOnce(call))
        .ifPresentOrElse(
            reply ->
                reply
                    .onSuccess(told -> bring(dialect, call, delivery, told, start))
                    .onFailure(cause -> fail(visit, dialect, call, delivery, cause, start)),
            () ->
                Thread.ofVirtual()
                    .name("call-" + id)
                    .start(HomeLoop.kept(() -> answer(visit, dialect, call, context, delivery))));
  }

  /** What begins to be answered on the event loop, if anything; what is thrown is an answer too. */
  private static <T> Optional<Future<T>> begun(Supplier<Optional<Future<T>>> atOnce) {
    try {
      return atOnce.get();
    } catch (RuntimeException e) {
      return Optional.of(Future.failedFuture(e));
    }
  }

  private void answer(
      Visit visit, StreamingDialect dialect, OpenCall call, Context context, Delivery delivery) {
    long start = System.nanoTime();
    try {
      Reply reply = dialect.answer(call);
      context.runOnContext(back -> bring(dialect, call, delivery, reply, start));
    } catch (RuntimeException | Error e) {
      context.runOnContext(back -> fail(visit, dialect, call, delivery, e, start));
    }
  }

  private static void bring(
      Dialect dialect, OpenCall call, Delivery delivery, Reply reply, long startNanos) {
    delivery.bring(reply);
    log(dialect, call.requestId(), call.who(), call.path(), reply.status(), startNanos);
  }

  private static void fail(
      Visit visit,
      Dialect dialect,
      OpenCall call,
      Delivery delivery,
      Throwable cause,
      long startNanos) {
    switch (cause) {
      case Turned turned -> visit.turnAway(dialect, turned);
      case OpenCall.CallerGone gone -> visit.abandon();
      default -> {
        Answer answer = dialect.failed(call.requestId(), cause);
        bring(dialect, call, delivery, new Reply.Whole(answer), startNanos);
      }
    }
  }

  /** A request that is not HTTP. On the event loop. */
  void refuseMalformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Turned turned =
        switch (cause) {
          case io.netty.handler.codec.http.TooLongHttpLineException e ->
              new Turned(414, "too-large", "the request line is too long");
          case io.netty.handler.codec.http.TooLongHttpHeaderException e ->
              new Turned(431, "too-large", "the header lines are too long");
          case null, default -> new Turned(400, "malformed", "this is not an HTTP/1.1 request");
        };
    String id = ids.fresh();
    new Visit(vertx, request, id, () -> {}).turnAway(dialects.getFirst(), turned);
  }

  private void begin(Visit visit, WholeDialect dialect, Call call) {
    long start = System.nanoTime();
    begun(() -> dialect.atOnce(call))
        .ifPresentOrElse(
            answer ->
                answer
                    .otherwise(cause -> dialect.failed(call.requestId(), cause))
                    .onSuccess(told -> bring(visit, dialect, call, told, start)),
            () ->
                Thread.ofVirtual()
                    .name("call-" + call.requestId())
                    .start(HomeLoop.kept(() -> answer(visit, dialect, call))));
  }

  private void answer(Visit visit, WholeDialect dialect, Call call) {
    long start = System.nanoTime();
    Answer answer;
    try {
      answer = dialect.answer(call);
    } catch (RuntimeException | Error e) {
      answer = dialect.failed(call.requestId(), e);
    }
    bring(visit, dialect, call, answer, start);
  }

  private static void bring(
      Visit visit, Dialect dialect, Call call, Answer answer, long startNanos) {
    visit.answer(answer);
    log(dialect, call.requestId(), call.who(), call.path(), answer.status(), startNanos);
  }

  private static void log(
      Dialect dialect, String id, Identity who, String path, int status, long startNanos) {
    LOG.debug(
        "call answered",
        "request",
        id,
        "who",
        who.name(),
        "dialect",
        dialect.name(),
        "path",
        path,
        "status",
        status,
        "micros",
        (System.nanoTime() - startNanos) / 1_000);
  }

  private static Call call(
      HttpServerRequest request, String id, Identity who, Buffer body, Visit visit) {
    String query = request.query();
    return new Call(
        id,
        who,
        request.method().name(),
        path(request),
        query == null ? "" : query,
        request.headers(),
        body,
        visit::answer);
  }

  private static String path(HttpServerRequest request) {
    String path = request.path();
    return path == null ? "" : path;
  }
}
