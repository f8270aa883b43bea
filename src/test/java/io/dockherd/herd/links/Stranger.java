package io.dockherd.herd.links;

import io.dockherd.herd.keys.Leaf;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Somebody who believes everybody and shows what he likes. */
final class Stranger {
  private Stranger() {}

  /** A stranger without any certificate. */
  static SSLContext withoutCertificate() {
    return context(Optional.empty());
  }

  /** A stranger who shows {@code leaf}. */
  static SSLContext showing(Leaf leaf) {
    return context(Optional.of(leaf));
  }

  private static SSLContext context(Optional<Leaf> shown) {
    try {
      KeyManager[] keys = shown.map(Insistent::new).stream().toArray(KeyManager[]::new);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new Believer()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JDK's own manager looks whom the other side trusts, and then shows nothing at all. */
  private static final class Insistent extends X509ExtendedKeyManager {
    private final Leaf leaf;

    private Insistent(Leaf leaf) {
      this.leaf = leaf;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"leaf"};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "leaf";
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {"leaf"};
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return "leaf";
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
      return "leaf";
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return "leaf";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {leaf.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return leaf.key();
    }
  }

  private static final class Believer extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
