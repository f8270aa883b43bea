package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Hijack;
import io.dockherd.failure.Failure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Another node's engine, over that node's relay. The other node gives up a little before this one
 * does, so that its own word of what went wrong still arrives.
 */
final class RelayHost implements Host, AutoCloseable {
  private final String node;
  private final Engine relayed;

  /**
   * @param relayed speaks to the other node's {@link RelayDoor}
   */
  RelayHost(String node, Engine relayed) {
    this.node = node;
    this.relayed = relayed;
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public EngineResponse call(EngineRequest request) {
    return ofEngine(asked(() -> relayed.call(whole(request))));
  }

  @Override
  public EngineStream stream(EngineRequest request) {
    return ofEngine(asked(() -> relayed.stream(limited(request))));
  }

  @Override
  public Future<EngineResponse> ask(EngineRequest request, Future<?> unwanted) {
    return named(relayed.ask(whole(request), unwanted)).map(this::ofEngine);
  }

  @Override
  public Future<EngineStream> open(EngineRequest request) {
    return named(relayed.open(limited(request))).map(this::ofEngine);
  }

  private EngineResponse ofEngine(EngineResponse response) {
    return new EngineResponse(
        response.status(), RelayHeader.ofEngine(node, response.headers()), response.body());
  }

  private EngineStream ofEngine(EngineStream stream) {
    try {
      List<EngineResponse.Header> headers = RelayHeader.ofEngine(node, stream.headers());
      return new EngineStream(stream.status(), headers, stream.body(), stream.cancel());
    } catch (Failure e) {
      stream.close();
      throw e;
    }
  }

  @Override
  public Hijack hijack(EngineRequest request) {
    Hijack hijack = asked(() -> relayed.hijack(limited(request)));
    return switch (hijack) {
      case Hijack.Open open -> open(open);
      case Hijack.Declined(EngineResponse response) ->
          new Hijack.Declined(
              new EngineResponse(
                  response.status(),
                  RelayHeader.ofEngine(node, response.headers()),
                  response.body()));
    };
  }

  private Hijack open(Hijack.Open open) {
    try {
      return new Hijack.Open(
          open.status(), RelayHeader.ofEngine(node, open.headers()), open.stream());
    } catch (Failure e) {
      open.close();
      throw e;
    }
  }

  private <T> Future<T> named(Future<T> answer) {
    return HostFailure.named(answer, e -> HostFailure.ofNode(node, e));
  }

  private <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (Failure e) {
      throw HostFailure.ofNode(node, e);
    }
  }

  private static EngineRequest whole(EngineRequest request) {
    return limited(request).header(RelayHeader.WHOLE, "1");
  }

  private static EngineRequest limited(EngineRequest request) {
    return request.header(RelayHeader.LIMIT, Long.toString(beforehand(request.limit()).toMillis()));
  }

  /** A tenth less, but not more than a quarter of a second. */
  static Duration beforehand(Duration limit) {
    Duration tenth = limit.dividedBy(10);
    Duration most = Duration.ofMillis(250);
    return limit.minus(tenth.compareTo(most) < 0 ? tenth : most);
  }

  @Override
  public void close() {
    relayed.close();
  }
}
