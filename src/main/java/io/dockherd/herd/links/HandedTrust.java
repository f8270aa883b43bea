package io.dockherd.herd.links;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.util.function.Function;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/** A trust manager in the shape Vert.x takes one; see {@link HandedKeys} for why. */
final class HandedTrust implements TrustOptions {
  private final TrustManagerFactory factory;

  HandedTrust(TrustManager trust) {
    this.factory = new Factory(trust);
  }

  /** Itself: it never changes, and caches of contexts compare by identity. */
  @Override
  public TrustOptions copy() {
    return this;
  }

  @Override
  public TrustManagerFactory getTrustManagerFactory(Vertx vertx) {
    return factory;
  }

  @Override
  public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
    return serverName -> factory.getTrustManagers();
  }

  private static final class Factory extends TrustManagerFactory {
    Factory(TrustManager trust) {
      super(new Single(trust), null, "handed");
    }
  }

  private static final class Single extends TrustManagerFactorySpi {
    private final TrustManager trust;

    Single(TrustManager trust) {
      this.trust = trust;
    }

    @Override
    protected void engineInit(KeyStore store) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      return new TrustManager[] {trust};
    }
  }
}
