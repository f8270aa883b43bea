package io.dockherd.node.manage;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks at one address who is there, again and again until it is an engine that is let in. */
final class Introduction implements Runnable, AutoCloseable {
  private static final Log LOG = Log.of(Introduction.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final HostPort address;
  private final Engines engines;
  private final Function<HostPort, Engine> dial;
  private final CountDownLatch closed = new CountDownLatch(1);
  private String lastReason = "";

  Introduction(HostPort address, Engines engines, Function<HostPort, Engine> dial) {
    this.address = address;
    this.engines = engines;
    this.dial = dial;
  }

  void start() {
    engines.pend(address, "it has not answered yet");
    Thread.ofVirtual().name("introduction " + Engines.text(address)).start(this);
  }

  @Override
  public void run() {
    Duration pause = FIRST_PAUSE;
    while (!isOver(Duration.ZERO)) {
      try {
        attempt();
        return;
      } catch (Failure e) {
        failed(e.getMessage());
      } catch (RuntimeException e) {
        failed(e.toString());
      }
      if (isOver(pause)) {
        return;
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  private void attempt() {
    String ip = ip();
    Engine engine = dial.apply(address);
    boolean isAdmitted = false;
    try {
      Identity identity = Identity.of(info(engine), Engines.text(address));
      isAdmitted = admitted(identity, ip, engine);
    } finally {
      if (!isAdmitted) {
        engine.close();
      }
    }
  }

  /** Not after its end: what is listed no more must not come back. */
  private synchronized boolean admitted(Identity identity, String ip, Engine engine) {
    if (closed.getCount() == 0) {
      return false;
    }
    engines.admit(address, identity, ip, engine);
    return true;
  }

  private String ip() {
    try {
      return InetAddress.getByName(address.host()).getHostAddress();
    } catch (UnknownHostException e) {
      throw new Unreachable(address.host(), "the host " + address.host() + " is unknown", "", e);
    }
  }

  private JsonObject info(Engine engine) {
    EngineResponse answer = engine.call(EngineRequest.get(LIMIT, "info"));
    if (!answer.isSuccess()) {
      throw new Refused(
          address.host(), "it answers " + answer.status() + ": " + answer.message(), "");
    }
    Optional<JsonObject> info =
        answer.json().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    return info.orElseGet(JsonObject::new);
  }

  private synchronized void failed(String reason) {
    if (closed.getCount() > 0) {
      engines.pend(address, reason);
      if (!reason.equals(lastReason)) {
        lastReason = reason;
        LOG.warn("engine pending", "engine", Engines.text(address), "reason", reason);
      }
    }
  }

  private boolean isOver(Duration pause) {
    try {
      return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public synchronized void close() {
    closed.countDown();
  }
}
