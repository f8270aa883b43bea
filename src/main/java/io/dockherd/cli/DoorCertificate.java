package io.dockherd.cli;

import io.dockherd.failure.Invalid;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What opens doors with TLS: a folder with {@code ca.pem}, whom a door's certificate must come
 * from, and {@code cert.pem} and {@code key.pem}, which are shown to it.
 */
record DoorCertificate(Path folder) {
  private static final String VARIABLE = "DOCKER_CERT_PATH";

  /** The one the environment names; empty for what the JDK trusts, and nothing shown. */
  static Optional<DoorCertificate> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .map(DoorCertificate::new);
  }

  /**
   * Reads the files; without {@code cert.pem} nothing is shown.
   *
   * @throws Invalid when they can't be read or hold something else
   */
  SSLContext context() {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(SslProvider.JDK)
              .trustManager(folder.resolve("ca.pem").toFile());
      Path shown = folder.resolve("cert.pem");
      if (Files.exists(shown)) {
        builder.keyManager(shown.toFile(), folder.resolve("key.pem").toFile());
      }
      return ((JdkSslContext) builder.build()).context();
    } catch (IOException | RuntimeException e) {
      throw new Invalid(
          VARIABLE,
          "the certificate in " + folder + " can't be used: " + e.getMessage(),
          VARIABLE + " names a folder with ca.pem, cert.pem and key.pem; 'dockherd cert' makes one",
          e);
    }
  }
}
