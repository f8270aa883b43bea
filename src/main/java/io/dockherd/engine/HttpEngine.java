package io.dockherd.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** An engine over HTTP/1.1: its own socket, or somebody's who passes on to it. */
public final class HttpEngine implements Engine {
  private final Vertx vertx;
  private final EngineTransport transport;
  private final EngineSettings settings;
  private final Outage outage;
  private final Negotiation negotiation;
  private final Dialer dialer;
  private final Lane reads;
  private final Lane commands;
  private final Lane streams;

  /** An engine over that transport. Connects at the first request. */
  public HttpEngine(Vertx vertx, EngineTransport transport, EngineSettings settings) {
    this.vertx = vertx;
    this.transport = transport;
    this.settings = settings;
    this.outage = new Outage(transport.address());
    this.negotiation =
        new Negotiation(
            transport.address(), request -> callAt("", request, Deadline.in(request.limit())));
    this.dialer = new Dialer(vertx, transport, settings, negotiation::forget);
    this.reads = lane(settings.readConnections());
    this.commands = lane(settings.commandConnections());
    this.streams = lane(settings.streamConnections());
  }

  /** The engine at that address. Connects at the first request. */
  public static HttpEngine at(Vertx vertx, EngineAddress address, EngineSettings settings) {
    return new HttpEngine(vertx, EngineTransport.to(address), settings);
  }

  private Lane lane(int size) {
    return new Lane(
        vertx, size, settings.dialsAtOnce(), settings.waitingRequests(), settings.idleLimit());
  }

  @Override
  public EngineAddress address() {
    return transport.address();
  }

  @Override
  public ApiVersion apiVersion() {
    return negotiation.version(Deadline.in(settings.probeLimit()));
  }

  @Override
  public EngineResponse call(EngineRequest request) {
    Deadline deadline = Deadline.in(request.limit());
    ApiVersion version = negotiation.version(deadline);
    EngineResponse response = callAt(path(version), request, deadline);
    if (!Negotiation.isRefusal(response)) {
      return response;
    }
    // Replaced by another behind somebody who passes on: no connection of ours told of it.
    negotiation.forget();
    ApiVersion agreed = negotiation.version(deadline);
    boolean isBodyGone = request.body() instanceof EngineRequest.Body.Stream;
    return agreed.equals(version) || isBodyGone
        ? response
        : callAt(path(agreed), request, deadline);
  }

  private static String path(ApiVersion version) {
    return "/v" + version;
  }

  private EngineResponse callAt(String version, EngineRequest request, Deadline deadline) {
    return exchange(lane(request), version, request, deadline, this::whole);
  }

  private Lane lane(EngineRequest request) {
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    return isRead ? reads : commands;
  }

  private Future<EngineResponse> whole(Exchange exchange) {
    return exchange
        .open()
        .compose(response -> WholeBody.of(response, settings.bodyLimitBytes(), exchange));
  }

  @Override
  public Future<EngineResponse> ask(EngineRequest request, Future<?> unwanted) {
    return atOnce(lane(request), request, unwanted, this::whole)
        .map(
            answer ->
                answer.compose(
                    response ->
                        Negotiation.isRefusal(response)
                            ? Handover.of(() -> call(request), unwanted)
                            : Future.succeededFuture(response)))
        .orElseGet(() -> Handover.of(() -> call(request), unwanted));
  }

  @Override
  public EngineStream stream(EngineRequest request) {
    Deadline deadline = Deadline.in(request.limit());
    return exchange(
        streams, path(negotiation.version(deadline)), request, deadline, HttpEngine::streamed);
  }

  private static Future<EngineStream> streamed(Exchange exchange) {
    return exchange.open().map(response -> stream(response, exchange));
  }

  @Override
  public Future<EngineStream> open(EngineRequest request) {
    return atOnce(streams, request, Promise.promise().future(), HttpEngine::streamed)
        .orElseGet(() -> Handover.of(() -> stream(request)));
  }

  private static EngineStream stream(HttpClientResponse response, Exchange exchange) {
    return new EngineStream(
        response.statusCode(),
        Exchange.headers(response),
        new StreamedBody(response, exchange),
        () -> exchange.context().runOnContext(v -> exchange.abandon()));
  }

  @Override
  public Hijack hijack(EngineRequest request) {
    Deadline deadline = Deadline.in(request.limit());
    Hijacking hijacking =
        new Hijacking(
            transport,
            dialer,
            settings.bodyLimitBytes(),
            path(negotiation.version(deadline)),
            request);
    return await(HomeLoop.contextOr(vertx), request, deadline, hijacking::open, hijacking::abandon);
  }

  @Override
  public EventFeed follow(Instant since, EngineEventListener listener) {
    return EventFollower.start(this, settings, since, listener);
  }

  @Override
  public void close() {
    reads.close();
    commands.close();
    streams.close();
    dialer.close();
  }

  private <T> T exchange(
      Lane lane,
      String version,
      EngineRequest request,
      Deadline deadline,
      Function<Exchange, Future<T>> work) {
    RequestOptions options = validOptions(version, request);
    Lane.Place place = enter(lane, request, deadline);
    Exchange exchange = new Exchange(vertx, lane, place, dialer, options, request);
    return await(
        exchange.context(), request, deadline, () -> work.apply(exchange), exchange::abandon);
  }

  /**
   * The same on the caller's event loop and without waiting; empty when it is none, or there is
   * something to wait for.
   */
  private <T> Optional<Future<T>> atOnce(
      Lane lane, EngineRequest request, Future<?> unwanted, Function<Exchange, Future<T>> work) {
    Optional<ApiVersion> version = negotiation.known();
    boolean isStreaming = request.body() instanceof EngineRequest.Body.Stream;
    if (version.isEmpty() || isStreaming || !Context.isOnEventLoopThread()) {
      return Optional.empty();
    }
    RequestOptions options;
    try {
      options = transport.options(path(version.get()), request);
    } catch (IllegalArgumentException e) {
      return Optional.of(Future.failedFuture(outage.of(request, e)));
    }
    return lane.tryEnter()
        .map(place -> new Exchange(vertx, lane, place, dialer, options, request))
        .map(
            exchange ->
                within(
                    request,
                    exchange,
                    unwanted,
                    Future.succeededFuture().compose(start -> work.apply(exchange))));
  }

  private <T> Future<T> within(
      EngineRequest request, Exchange exchange, Future<?> unwanted, Future<T> work) {
    Promise<T> result = Promise.promise();
    long timer =
        vertx.setTimer(
            Deadline.in(request.limit()).remainingMillis(),
            late -> {
              exchange.abandon();
              result.tryFail(outage.timedOut(request));
            });
    unwanted.onComplete(
        gone ->
            exchange
                .context()
                .runOnContext(
                    v -> {
                      exchange.abandon();
                      result.tryFail(outage.unwanted());
                    }));
    work.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          if (done.failed()) {
            exchange.abandon();
            result.tryFail(outage.of(request, done.cause()));
          } else {
            result.tryComplete(done.result());
          }
        });
    return result.future();
  }

  private Lane.Place enter(Lane lane, EngineRequest request, Deadline deadline) {
    try {
      return lane.enter(deadline, lane == streams ? HomeLoop.current() : Optional.empty());
    } catch (Lane.Jammed | TimeoutException e) {
      throw outage.of(request, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw outage.interrupted(e);
    }
  }

  /** Does something on a context and waits for it; what fails or is late is abandoned there. */
  private <T> T await(
      Context context,
      EngineRequest request,
      Deadline deadline,
      Supplier<Future<T>> work,
      Runnable abandon) {
    Promise<T> result = Promise.promise();
    context.runOnContext(
        v ->
            // In a future from the first step on, so that whatever is thrown is a failure too.
            Future.succeededFuture().compose(start -> work.get()).onComplete(result));
    try {
      return deadline.await(result.future());
    } catch (ExecutionException e) {
      context.runOnContext(v -> abandon.run());
      throw outage.of(request, e.getCause());
    } catch (TimeoutException e) {
      context.runOnContext(v -> abandon.run());
      throw outage.timedOut(request);
    } catch (InterruptedException e) {
      context.runOnContext(v -> abandon.run());
      Thread.currentThread().interrupt();
      throw outage.interrupted(e);
    }
  }

  private RequestOptions validOptions(String version, EngineRequest request) {
    try {
      return transport.options(version, request);
    } catch (IllegalArgumentException e) {
      throw outage.of(request, e);
    }
  }
}
