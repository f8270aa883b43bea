package io.dockherd.fleet;

import io.dockherd.engine.ApiVersion;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineEventListener;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.EventFeed;
import io.dockherd.engine.Hijack;
import io.dockherd.failure.Unreachable;
import java.time.Instant;
import java.util.Optional;

/**
 * An engine that can't be asked: one a manager has not met yet, or the one that is not beside it.
 *
 * @param name whose engine
 * @param reason why not
 */
public record OutOfReach(String name, String reason) implements Engine {
  @Override
  public EngineAddress address() {
    return new EngineAddress.Tcp(name, 0, Optional.empty());
  }

  @Override
  public ApiVersion apiVersion() {
    throw failure();
  }

  @Override
  public EngineResponse call(EngineRequest request) {
    throw failure();
  }

  @Override
  public EngineStream stream(EngineRequest request) {
    throw failure();
  }

  @Override
  public Hijack hijack(EngineRequest request) {
    throw failure();
  }

  /** Tells nothing, ever. */
  @Override
  public EventFeed follow(Instant since, EngineEventListener listener) {
    return new EventFeed() {
      @Override
      public boolean isConnected() {
        return false;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}

  private Unreachable failure() {
    return new Unreachable(name, reason, "");
  }
}
