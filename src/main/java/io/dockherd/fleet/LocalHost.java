package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Handover;
import io.dockherd.engine.Hijack;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.watch.EngineWatch;
import io.dockherd.fleet.watch.Touched;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * This node's own engine. What a call changed is asked for again and told to all members before the
 * call returns, so that its caller finds it everywhere.
 */
final class LocalHost implements Host {
  private final String node;
  private final Engine engine;
  private final EngineWatch watch;

  /** Knows the other hosts, which know this one: so it comes last. */
  private volatile PeerImages peers;

  LocalHost(String node, Engine engine, EngineWatch watch) {
    this.node = node;
    this.engine = engine;
    this.watch = watch;
  }

  /** From where images are brought that another node has. */
  void fetchFrom(PeerImages images) {
    peers = images;
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public EngineResponse call(EngineRequest request) {
    try {
      EngineResponse response = engine.call(request);
      if (response.isSuccess()) {
        watch.refresh(Touched.by(request, Optional.of(response)));
      }
      return response;
    } catch (Failure e) {
      throw HostFailure.ofEngine(node, e);
    }
  }

  @Override
  public EngineStream stream(EngineRequest request) {
    if (PeerFetch.isAskedFor(request)) {
      return peers.stream(PeerFetch.reference(request));
    }
    Touched touched = Touched.by(request, Optional.empty());
    if (!touched.isNothing() && !Touched.isDoneAtTheEnd(request)) {
      // Such answers are a few bytes; and nothing of them is to be seen before the facts are told.
      return EngineStream.of(call(request));
    }
    try {
      EngineStream stream = engine.stream(request);
      return touched.isNothing()
          ? stream
          : new EngineStream(
              stream.status(),
              stream.headers(),
              new LateEnd(stream.body(), () -> watch.refresh(touched)),
              stream.cancel());
    } catch (Failure e) {
      throw HostFailure.ofEngine(node, e);
    }
  }

  @Override
  public Hijack hijack(EngineRequest request) {
    // Changes no fact: what is typed into a container shows in the engine's events if anywhere.
    try {
      return engine.hijack(request);
    } catch (Failure e) {
      throw HostFailure.ofEngine(node, e);
    }
  }

  @Override
  public Future<EngineResponse> ask(EngineRequest request, Future<?> unwanted) {
    return changesNothing(request)
        ? HostFailure.named(engine.ask(request, unwanted), e -> HostFailure.ofEngine(node, e))
        : Handover.of(() -> call(request), unwanted);
  }

  @Override
  public Future<EngineStream> open(EngineRequest request) {
    return changesNothing(request)
        ? HostFailure.named(engine.open(request), e -> HostFailure.ofEngine(node, e))
        : Handover.of(() -> stream(request));
  }

  /** What changes something waits for the facts to be told. */
  private static boolean changesNothing(EngineRequest request) {
    return Touched.by(request, Optional.empty()).isNothing();
  }
}
