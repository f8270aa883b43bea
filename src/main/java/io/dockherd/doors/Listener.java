package io.dockherd.doors;

import io.dockherd.failure.Invalid;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a door listens.
 *
 * @param host an address of this machine, or a name of one; the path of a unix socket
 * @param port 0 for any free one; -1 for a unix socket
 * @param options how: plain, or TLS with required client certificates
 */
public record Listener(String host, int port, HttpServerOptions options) {
  private static final int UNIX = -1;

  public Listener {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(options, "options");
    if (port < UNIX || port > 65535) {
      throw new Invalid(
          String.valueOf(port), "a port is 0 to 65535, not " + port, "give another port");
    }
  }

  /** In clear text; loopback addresses only. */
  public static Listener clear(String host, int port) {
    if (!Loopback.is(host)) {
      throw new Invalid(
          host,
          "'" + host + "' is not a loopback address, and clear text would open it to the network",
          "give the node a herd key, or say --insecure on a closed network");
    }
    return new Listener(host, port, new HttpServerOptions());
  }

  /** In clear text on any address: for whoever said {@code --insecure}. */
  public static Listener insecure(String host, int port) {
    return new Listener(host, port, new HttpServerOptions());
  }

  /** With TLS; the options must ask for client certificates. */
  public static Listener tls(String host, int port, HttpServerOptions options) {
    if (!options.isSsl() || options.getClientAuth() != ClientAuth.REQUIRED) {
      throw new IllegalArgumentException("a TLS door asks for client certificates");
    }
    return new Listener(host, port, options);
  }

  /** A unix socket, for whoever may write to it: nobody but its owner. */
  public static Listener unix(Path path) {
    return new Listener(path.toString(), UNIX, new HttpServerOptions());
  }

  /** Whether it is a unix socket. */
  public boolean isUnix() {
    return port == UNIX;
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return isUnix() || Loopback.is(host);
  }

  SocketAddress address() {
    return isUnix()
        ? SocketAddress.domainSocketAddress(host)
        : SocketAddress.inetSocketAddress(port, host);
  }

  @Override
  public String toString() {
    return isUnix() ? "unix://" + host : host + ":" + port;
  }
}
