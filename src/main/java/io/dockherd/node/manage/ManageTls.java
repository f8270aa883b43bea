package io.dockherd.node.manage;

import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineTransport;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.HostPort;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * TLS as {@code --tls} and {@code --tlsverify} mean it. One key pair serves clients and dials
 * engines.
 *
 * <p>Other than in classic Swarm, an engine's certificate is always checked: by the authority that
 * was named, else by those the system trusts. Only {@code --insecure} with bare {@code --tls}
 * leaves that out.
 */
final class ManageTls {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private final ManageOptions.Tls said;
  private final boolean isInsecure;

  private ManageTls(ManageOptions.Tls said, boolean isInsecure) {
    this.said = said;
    this.isInsecure = isInsecure;
  }

  /**
   * The same, checked.
   *
   * @throws Invalid when a file is missing that is needed, or one is given that is not used
   */
  static ManageTls of(ManageOptions.Tls said, boolean isInsecure) {
    boolean isOn = said.isOn() || said.isVerified();
    if (isOn && (said.certificate().isEmpty() || said.key().isEmpty())) {
      throw new Invalid(
          "--tls",
          "--tlscert and --tlskey must be provided when using --tls",
          "give the paths of cert.pem and key.pem");
    }
    if (said.isVerified() && said.authority().isEmpty()) {
      throw new Invalid(
          "--tlsverify",
          "--tlscacert must be provided when using --tlsverify",
          "give the path of ca.pem");
    }
    boolean hasFiles =
        said.authority().isPresent() || said.certificate().isPresent() || said.key().isPresent();
    if (!isOn && hasFiles) {
      throw new Invalid(
          "--tlscert",
          "--tlscert, --tlskey and --tlscacert require the use of either --tls or --tlsverify",
          "add --tlsverify");
    }
    said.authority().ifPresent(ManageTls::checkReadable);
    said.certificate().ifPresent(ManageTls::checkReadable);
    said.key().ifPresent(ManageTls::checkReadable);
    return new ManageTls(said, isInsecure);
  }

  private static void checkReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw new Invalid(file.toString(), "'" + file + "' can't be read", "name another file");
    }
  }

  /** Whether it is used at all. */
  boolean isOn() {
    return said.isOn() || said.isVerified();
  }

  /** Whether clients have to show a certificate. */
  boolean asksClients() {
    return said.isVerified();
  }

  /** Whether any engine is taken for the one that was meant. */
  boolean trustsAnyEngine() {
    return isOn() && isInsecure && !said.isVerified() && said.authority().isEmpty();
  }

  /** How to listen. */
  HttpServerOptions listening() {
    HttpServerOptions options = new HttpServerOptions();
    if (!isOn()) {
      return options;
    }
    options.setSsl(true).setEnabledSecureTransportProtocols(PROTOCOLS).setKeyCertOptions(ownKey());
    if (asksClients()) {
      options.setTrustOptions(authority(said.authority().orElseThrow()));
      options.setClientAuth(ClientAuth.REQUIRED);
    }
    return options;
  }

  /** The way to an engine. */
  EngineTransport to(HostPort engine) {
    String host = engine.host();
    int port = engine.port();
    if (!isOn()) {
      return EngineTransport.to(new EngineAddress.Tcp(host, port, Optional.empty()));
    }
    ClientSSLOptions tls = new ClientSSLOptions().setKeyCertOptions(ownKey());
    said.authority().ifPresent(file -> tls.setTrustOptions(authority(file)));
    if (!trustsAnyEngine()) {
      return EngineTransport.through(host, port, host, tls, "");
    }
    tls.setTrustAll(true).setHostnameVerificationAlgorithm("").setUseAlpn(false);
    return new EngineTransport(
        new EngineAddress.Tcp(host, port, Optional.empty()),
        SocketAddress.inetSocketAddress(port, host),
        host,
        Optional.of(tls),
        "",
        Map.of());
  }

  private PemKeyCertOptions ownKey() {
    return new PemKeyCertOptions()
        .setCertPath(said.certificate().orElseThrow().toString())
        .setKeyPath(said.key().orElseThrow().toString());
  }

  private static PemTrustOptions authority(Path file) {
    return new PemTrustOptions().addCertPath(file.toString());
  }
}
