package io.dockherd.doors;

import io.dockherd.engine.UpgradableConnection;
import io.dockherd.failure.Conflict;
import io.dockherd.telemetry.Log;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The listeners of a node: lets calls in within stated limits, says who asks, and hands each to the
 * dialect that owns its path, on a virtual thread of its own.
 *
 * <p>Calls no dialect owns, and all that is turned away at the door, are answered in the words of
 * the first dialect.
 */
public final class FrontDoor implements AutoCloseable {
  private static final Log LOG = Log.of(FrontDoor.class);
  private static final int OPENING_SECONDS = 10;

  private final Vertx vertx;
  private final DoorLimits limits;
  private final Reception reception;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final List<Path> socketFiles = new CopyOnWriteArrayList<>();
  private final List<OpenConnections> connections = new CopyOnWriteArrayList<>();

  /**
   * A door not yet open.
   *
   * @param names what this node is called: with them a browser's page may speak to it
   * @param dialects in the order they are asked; the first speaks for the door itself
   */
  public FrontDoor(
      Vertx vertx,
      DoorLimits limits,
      RequestIds ids,
      Set<String> names,
      List<? extends Dialect> dialects) {
    this.vertx = vertx;
    this.limits = limits;
    this.reception =
        new Reception(vertx, limits, ids, new Origins(names), List.<Dialect>copyOf(dialects));
  }

  /**
   * Opens all listeners and waits until they stand; call it on a virtual thread or at start-up.
   *
   * @return the ports, in the order of the listeners
   * @throws Conflict when one can't be opened; then none is
   */
  public List<Integer> open(List<Listener> listeners) {
    List<Integer> ports = new ArrayList<>();
    for (Listener listener : listeners) {
      ports.add(open(listener));
    }
    return List.copyOf(ports);
  }

  private int open(Listener listener) {
    if (listener.isUnix()) {
      SocketFile.clear(Path.of(listener.host()));
    }
    OpenConnections open = new OpenConnections(vertx, limits.connections(), limits.idle());
    HttpServer server =
        vertx
            .createHttpServer(restrained(listener.options()))
            .connectionHandler(connection -> admit(connection, open))
            .requestHandler(request -> reception.receive(request, listener, open))
            .invalidRequestHandler(reception::refuseMalformed)
            .exceptionHandler(e -> LOG.debug("connection broke", "reason", e.toString()));
    try {
      server
          .listen(listener.address())
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(OPENING_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      open.close();
      close();
      String address = listener.toString();
      throw new Conflict(
          address,
          "can't listen on " + address + ": " + e.getCause().getMessage(),
          "free that port or choose another",
          e.getCause());
    }
    servers.add(server);
    connections.add(open);
    if (listener.isUnix()) {
      Path file = Path.of(listener.host());
      SocketFile.restrict(file);
      socketFiles.add(file);
    }
    LOG.info(
        "door open",
        "host",
        listener.host(),
        "port",
        server.actualPort(),
        "tls",
        listener.options().isSsl());
    return server.actualPort();
  }

  private void admit(HttpConnection connection, OpenConnections open) {
    UpgradableConnection.prepare(
        connection, (method, path, isUpgrade) -> reception.mayUpgrade(method, path));
    open.add(connection);
  }

  /**
   * The listener's options within our limits. HTTP/1.1 only: Docker's tools speak nothing else, and
   * it halves what a stranger can try.
   */
  private HttpServerOptions restrained(HttpServerOptions options) {
    return new HttpServerOptions(options)
        .setUseAlpn(false)
        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
        .setHttp2ClearTextEnabled(false)
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxInitialLineLength(limits.lineBytes())
        .setCompressionSupported(false)
        .setDecompressionSupported(false)
        // Nobody speaks WebSocket here; their handlers would look at every piece that comes by.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setHandle100ContinueAutomatically(false)
        .setTcpNoDelay(true);
  }

  /** How many calls are in work just now. */
  public int callsInWork() {
    return reception.callsInWork();
  }

  /** How many bytes of bodies are held just now. */
  public long heldBytes() {
    return reception.heldBytes();
  }

  /** How many connections are open just now. */
  public int openConnections() {
    return connections.stream().mapToInt(OpenConnections::count).sum();
  }

  /** Stops listening; calls in work get a second to end. */
  @Override
  public void close() {
    for (HttpServer server : servers) {
      try {
        server
            .shutdown(Duration.ofSeconds(1))
            .toCompletionStage()
            .toCompletableFuture()
            .orTimeout(5, TimeUnit.SECONDS)
            .join();
      } catch (CompletionException e) {
        LOG.warn("door did not close in time", "reason", e.getCause().toString());
      }
    }
    servers.clear();
    socketFiles.forEach(SocketFile::remove);
    socketFiles.clear();
    connections.forEach(OpenConnections::close);
    connections.clear();
  }
}
