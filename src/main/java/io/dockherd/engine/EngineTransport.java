package io.dockherd.engine;

import io.dockherd.failure.Invalid;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The way to an engine: a socket that speaks HTTP/1.1, its own or that of somebody who passes
 * requests on to it.
 *
 * @param address where that is, for people
 * @param server where to connect
 * @param host the Host header's name; with TLS also the name the other side's certificate must
 *     hold, which may differ from the address connected to
 * @param tls key, trust and name check; empty for clear text
 * @param prefix put in front of every path, as {@code /engine}; empty for none
 * @param headers sent with every request, for whoever passes it on
 */
public record EngineTransport(
    EngineAddress address,
    SocketAddress server,
    String host,
    Optional<ClientSSLOptions> tls,
    String prefix,
    Map<String, String> headers) {
  public EngineTransport {
    headers = Map.copyOf(headers);
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(host, "host");
    if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
      throw new IllegalArgumentException("prefix must be empty or as '/engine': " + prefix);
    }
  }

  /** Straight to an engine. */
  public static EngineTransport to(EngineAddress address) {
    return switch (address) {
      case EngineAddress.Unix(Path socket) ->
          new EngineTransport(
              address,
              SocketAddress.domainSocketAddress(socket.toString()),
              "docker",
              Optional.empty(),
              "",
              Map.of());
      case EngineAddress.Tcp(String host, int port, Optional<Path> certificates) ->
          new EngineTransport(
              address,
              SocketAddress.inetSocketAddress(port, host),
              host,
              certificates.map(EngineTransport::mutualTls),
              "",
              Map.of());
    };
  }

  /**
   * Over somebody else's mutual TLS: another node's relay.
   *
   * @param host whom to connect to: a name or an IP address
   * @param peer the name the other side's certificate must hold
   * @param tls key and trust; the name check is set here, HTTP's own unless it names another
   * @param prefix as {@code /engine}; empty for none
   */
  public static EngineTransport through(
      String host, int port, String peer, ClientSSLOptions tls, String prefix) {
    return new EngineTransport(
        new EngineAddress.Tcp(host, port, Optional.empty()),
        SocketAddress.inetSocketAddress(port, host),
        peer,
        Optional.of(withNameCheck(tls)),
        prefix,
        Map.of());
  }

  /**
   * Over somebody else in clear text.
   *
   * @param headers what says who we are, where no certificate does
   */
  public static EngineTransport inClear(
      String host, int port, String prefix, Map<String, String> headers) {
    return new EngineTransport(
        new EngineAddress.Tcp(host, port, Optional.empty()),
        SocketAddress.inetSocketAddress(port, host),
        host,
        Optional.empty(),
        prefix,
        headers);
  }

  /** The port of the Host header. */
  int port() {
    return server.isInetSocket() ? server.port() : 80;
  }

  /** Everything of a request but its body; {@code version} as {@code /v1.41}, or "". */
  RequestOptions options(String version, EngineRequest request) {
    RequestOptions options =
        new RequestOptions()
            .setHost(host)
            .setPort(port())
            .setMethod(HttpMethod.valueOf(request.method()))
            .setURI(prefix + version + request.target());
    switch (request.body()) {
      case EngineRequest.Body.Empty() -> {}
      case EngineRequest.Body.Bytes(String type, var bytes) ->
          options.putHeader("Content-Type", type);
      case EngineRequest.Body.Stream(String type, var source) ->
          options.putHeader("Content-Type", type);
    }
    headers.forEach(options::putHeader);
    request
        .headers()
        .forEach((name, values) -> options.putHeader(name, List.<CharSequence>copyOf(values)));
    return options;
  }

  private static ClientSSLOptions mutualTls(Path certificates) {
    return withNameCheck(
        new ClientSSLOptions()
            .setTrustOptions(new PemTrustOptions().addCertPath(file(certificates, "ca.pem")))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(file(certificates, "cert.pem"))
                    .setKeyPath(file(certificates, "key.pem"))));
  }

  private static ClientSSLOptions withNameCheck(ClientSSLOptions tls) {
    ClientSSLOptions checked = tls.copy().setUseAlpn(false);
    String check = checked.getHostnameVerificationAlgorithm();
    return check == null || check.isEmpty()
        ? checked.setHostnameVerificationAlgorithm("HTTPS")
        : checked;
  }

  private static String file(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isReadable(file)) {
      throw new Invalid(
          file.toString(),
          "'" + file + "' can't be read",
          "DOCKER_CERT_PATH must hold ca.pem, cert.pem and key.pem");
    }
    return file.toString();
  }
}
