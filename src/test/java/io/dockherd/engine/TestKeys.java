package io.dockherd.engine;

import io.dockherd.herd.keys.AlternativeName;
import io.dockherd.herd.keys.Authority;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Purpose;
import io.dockherd.herd.keys.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/** An authority of a test's own, and what it issues. */
final class TestKeys {
  private final HerdKey key = HerdKey.create(Instant.now(), Duration.ofDays(2));
  private final Authority authority = key.signer(Role.MEMBERS);

  /** Key and trust of a client, as Vert.x takes them. */
  ClientSSLOptions client(String name) {
    Leaf leaf = leaf(name);
    return new ClientSSLOptions()
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca())))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(leaf.certificatePem()))
                .setKeyValue(Buffer.buffer(leaf.keyPem())));
  }

  /** The same for a server of Vert.x, which demands certificates. */
  HttpServerOptions serverOptions(String name) {
    ClientSSLOptions keys = client(name);
    return new HttpServerOptions()
        .setSsl(true)
        .setUseAlpn(false)
        .setKeyCertOptions(keys.getKeyCertOptions())
        .setTrustOptions(keys.getTrustOptions())
        .setClientAuth(ClientAuth.REQUIRED);
  }

  /** Key and trust of a server that goes by that name. */
  SSLContext server(String name) {
    try {
      Leaf leaf = leaf(name);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry("key", leaf.key(), new char[0], new Certificate[] {leaf.certificate()});
      keys.setCertificateEntry("ca", authority.certificate());
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keys, new char[0]);
      TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes ca.pem, cert.pem and key.pem into a folder, as DOCKER_CERT_PATH wants them. */
  Path write(Path folder, String name) {
    try {
      Files.createDirectories(folder);
      Leaf leaf = leaf(name);
      Files.writeString(folder.resolve("ca.pem"), ca());
      Files.writeString(folder.resolve("cert.pem"), leaf.certificatePem());
      Files.writeString(folder.resolve("key.pem"), leaf.keyPem());
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String ca() {
    return key.trustedPem(Role.MEMBERS);
  }

  private Leaf leaf(String name) {
    return authority.issue(
        new X500Principal("CN=" + name),
        Set.of(Purpose.CLIENT, Purpose.SERVER),
        List.of(AlternativeName.of(name)),
        Instant.now(),
        Duration.ofDays(1));
  }
}
