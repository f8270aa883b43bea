package io.dockherd.engine;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The events of a {@link ScriptedEngine}, told on one virtual thread. */
final class ScriptedFeed implements EventFeed {
  private final EngineEventListener listener;
  private final ExecutorService order =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private volatile boolean isConnected;
  private volatile boolean isMute;

  ScriptedFeed(EngineEventListener listener) {
    this.listener = listener;
  }

  void connected() {
    isConnected = true;
    tell(listener::onConnected);
  }

  void lost(String reason) {
    isConnected = false;
    tell(() -> listener.onLost(reason));
  }

  /** Of a feed that was closed nobody wants to know. */
  private void tell(Runnable what) {
    if (!order.isShutdown()) {
      order.execute(what);
    }
  }

  void mute(boolean mute) {
    isMute = mute;
  }

  void event(String type, String action, String id, JsonObject attributes) {
    if (isConnected && !isMute && !order.isShutdown()) {
      Instant now = Instant.now();
      long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
      JsonObject json =
          new JsonObject()
              .put("Type", type)
              .put("Action", action)
              .put("Actor", new JsonObject().put("ID", id).put("Attributes", attributes))
              .put("time", now.getEpochSecond())
              .put("timeNano", nanos);
      EngineEvent event = new EngineEvent(type, action, id, nanos, json);
      order.execute(() -> listener.onEvent(event));
    }
  }

  @Override
  public boolean isConnected() {
    return isConnected;
  }

  @Override
  public void close() {
    order.shutdown();
  }
}
