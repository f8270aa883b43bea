package io.dockherd.herd.links;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.security.KeyStore;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509KeyManager;

/**
 * A key manager in the shape Vert.x takes one. {@link KeyCertOptions#wrap} does the same, but its
 * class asks for SLF4J, which is on the class path of the tests and not on a node's.
 */
final class HandedKeys implements KeyCertOptions {
  private final KeyManagerFactory factory;

  HandedKeys(X509KeyManager keys) {
    this.factory = new Factory(keys);
  }

  /** Itself: it never changes, and caches of contexts compare by identity. */
  @Override
  public KeyCertOptions copy() {
    return this;
  }

  @Override
  public KeyManagerFactory getKeyManagerFactory(Vertx vertx) {
    return factory;
  }

  @Override
  public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
    return serverName -> factory;
  }

  private static final class Factory extends KeyManagerFactory {
    Factory(X509KeyManager keys) {
      super(new Single(keys), null, "handed");
    }
  }

  private static final class Single extends KeyManagerFactorySpi {
    private final X509KeyManager keys;

    Single(X509KeyManager keys) {
      this.keys = keys;
    }

    @Override
    protected void engineInit(KeyStore store, char[] password) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected KeyManager[] engineGetKeyManagers() {
      return new KeyManager[] {keys};
    }
  }
}
