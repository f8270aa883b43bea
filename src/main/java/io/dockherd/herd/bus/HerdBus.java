package io.dockherd.herd.bus;

import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.links.BusTls;
import io.dockherd.herd.links.LinkTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts and stops a Vert.x whose event bus is the herd's. */
public final class HerdBus {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int WORKERS = 4;

  private HerdBus() {}

  /**
   * A Vert.x on the herd's bus, over mutual TLS: its end listens, all present members know it, and
   * it knows all of theirs. To be called on a virtual thread.
   *
   * @param tls for the name this member has in the group, and the advertised address
   * @throws Unreachable when the address can't be listened on
   * @throws TimedOut when it does not start in time
   */
  public static Vertx start(HerdClusterManager manager, BusSettings settings, LinkTls tls) {
    BusTls busTls = new BusTls(tls);
    VertxOptions options = vertxOptions(settings);
    busTls.secure(options.getEventBusOptions());
    Vertx vertx = start(manager, settings, options);
    try {
      settled(busTls.complete(vertx));
      return vertx;
    } catch (ExecutionException e) {
      vertx.close();
      throw new IllegalStateException("the bus can't be secured", e.getCause());
    }
  }

  /**
   * The same in clear text and for anybody: for a node that runs by itself on loopback, and for
   * networks nobody else is on.
   */
  public static Vertx startInsecure(HerdClusterManager manager, BusSettings settings) {
    return start(manager, settings, vertxOptions(settings));
  }

  private static Vertx start(
      HerdClusterManager manager, BusSettings settings, VertxOptions options) {
    try {
      return settled(Vertx.builder().with(options).withClusterManager(manager).buildClustered());
    } catch (ExecutionException e) {
      String address = settings.bind() + ":" + settings.port();
      throw new Unreachable(
          address,
          "the bus can't listen on " + address + ": " + e.getCause().getMessage(),
          "is the address this host's, and the port free?",
          e.getCause());
    }
  }

  private static <T> T settled(Future<T> future) throws ExecutionException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TimedOut("bus", "the bus did not start in " + START_LIMIT, "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut("bus", "interrupted while the bus started", "", e);
    }
  }

  /** Small: few threads, nothing scanned, nothing cached in the file system. */
  static VertxOptions vertxOptions(BusSettings settings) {
    return new VertxOptions()
        .setEventLoopPoolSize(settings.eventLoops())
        .setWorkerPoolSize(WORKERS)
        .setInternalBlockingPoolSize(WORKERS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false))
        .setEventBusOptions(options(settings));
  }

  static EventBusOptions options(BusSettings settings) {
    EventBusOptions options = new EventBusOptions();
    options
        .setHost(settings.bind())
        .setPort(settings.port())
        .setClusterPublicHost(settings.advertised())
        .setClusterPingInterval(settings.ping().toMillis())
        .setClusterPingReplyInterval(settings.pong().toMillis())
        .setConnectTimeout(Math.toIntExact(settings.connect().toMillis()))
        .setReconnectAttempts(0)
        .setTrustAll(false);
    options
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setSslHandshakeTimeout(settings.connect().toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setReadIdleTimeout(Math.toIntExact(settings.silence().toMillis()));
    if (settings.advertisedPort() > 0) {
      options.setClusterPublicPort(settings.advertisedPort());
    }
    return options;
  }
}
