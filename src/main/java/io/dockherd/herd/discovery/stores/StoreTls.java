package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Invalid;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * TLS to a store, out of PEM files.
 *
 * @param authority whom the store's certificate must come from; empty for those the JDK trusts
 * @param identity the certificate and key shown to the store
 */
public record StoreTls(Optional<Path> authority, Optional<Identity> identity) {
  /**
   * What this host shows.
   *
   * @param key in PKCS #8: BEGIN PRIVATE KEY
   */
  public record Identity(Path certificate, Path key) {}

  /**
   * Reads the files.
   *
   * @throws Invalid when they can't be read or hold something else
   */
  public SSLContext context() {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
      authority.ifPresent(file -> builder.trustManager(file.toFile()));
      identity.ifPresent(
          shown -> builder.keyManager(shown.certificate().toFile(), shown.key().toFile()));
      return ((JdkSslContext) builder.build()).context();
    } catch (IOException | RuntimeException e) {
      throw new Invalid(
          "discoveryOpt",
          "TLS to the store can't be had from the files named: " + e.getMessage(),
          "they are PEM; the key is one in PKCS #8, which begins with BEGIN PRIVATE KEY",
          e);
    }
  }
}
