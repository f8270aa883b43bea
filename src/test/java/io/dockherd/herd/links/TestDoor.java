package io.dockherd.herd.links;

import io.dockherd.herd.keys.ClientCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A door that greets its clients by their names. */
final class TestDoor implements AutoCloseable {
  private final Vertx vertx;
  private final HttpServer server;

  TestDoor(Vertx vertx, DoorTls tls) {
    this.vertx = vertx;
    this.server =
        vertx
            .createHttpServer(tls.secure(new HttpServerOptions()))
            .requestHandler(TestDoor::greet)
            .listen(0, TestHerd.LOOPBACK)
            .await();
  }

  int port() {
    return server.actualPort();
  }

  /** Whether a client that knows what its three files say, and nothing else, gets an answer. */
  boolean isOpenFor(ClientCertificate certificate) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(certificate.authorities())))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertValue(Buffer.buffer(certificate.leaf().certificatePem()))
                    .addKeyValue(Buffer.buffer(certificate.leaf().keyPem())));
    HttpClient client = vertx.createHttpClient(options);
    try {
      return client
          .request(HttpMethod.GET, port(), TestHerd.LOOPBACK, "/")
          .compose(request -> request.send())
          .compose(response -> response.body())
          .map(body -> body.toString().startsWith("hello"))
          .otherwise(false)
          .await();
    } finally {
      client.close().await();
    }
  }

  @Override
  public void close() {
    server.close().await();
  }

  private static void greet(HttpServerRequest request) {
    try {
      X509Certificate shown = (X509Certificate) request.connection().peerCertificates().getFirst();
      request.response().end("hello " + DoorTls.clientName(shown) + "\n");
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      request.response().setStatusCode(401).end();
    }
  }
}
