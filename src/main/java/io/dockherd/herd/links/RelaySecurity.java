package io.dockherd.herd.links;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.ClientSSLOptions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** How the relay knows whom it talks to. */
sealed interface RelaySecurity {
  /** Sets up the server's side. */
  HttpServerOptions secure(HttpServerOptions options);

  /** The client's side of a connection to that node; empty for clear text. */
  Optional<ClientSSLOptions> towards(String node);

  /** Who sent this; empty when it can't be told. */
  Optional<Peer> sender(HttpServerRequest request);

  /** By certificates. */
  record Certified(LinkTls tls) implements RelaySecurity {
    @Override
    public HttpServerOptions secure(HttpServerOptions options) {
      return tls.secure(options);
    }

    @Override
    public Optional<ClientSSLOptions> towards(String node) {
      return Optional.of(tls.clientOptions(node));
    }

    @Override
    public Optional<Peer> sender(HttpServerRequest request) {
      try {
        List<Certificate> chain = request.connection().peerCertificates();
        return MemberName.of((X509Certificate) chain.getFirst())
            .map(name -> new Peer(name.node(), true));
      } catch (SSLPeerUnverifiedException e) {
        return Optional.empty();
      }
    }
  }

  /** By what they say: for a herd without a key, on a network nobody else is on. */
  record Claimed() implements RelaySecurity {
    @Override
    public HttpServerOptions secure(HttpServerOptions options) {
      return options;
    }

    @Override
    public Optional<ClientSSLOptions> towards(String node) {
      return Optional.empty();
    }

    @Override
    public Optional<Peer> sender(HttpServerRequest request) {
      return Optional.ofNullable(request.getHeader(Relay.CLAIM)).map(name -> new Peer(name, false));
    }
  }
}
