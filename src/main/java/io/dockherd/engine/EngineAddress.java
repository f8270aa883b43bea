package io.dockherd.engine;

import io.dockherd.failure.Invalid;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where an engine listens. */
public sealed interface EngineAddress {
  /** A unix socket. */
  record Unix(Path socket) implements EngineAddress {
    @Override
    public String toString() {
      return "unix://" + socket;
    }
  }

  /**
   * A TCP port.
   *
   * @param certificates the folder with ca.pem, cert.pem and key.pem (DOCKER_CERT_PATH); empty for
   *     clear text
   */
  record Tcp(String host, int port, Optional<Path> certificates) implements EngineAddress {
    @Override
    public String toString() {
      return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads what DOCKER_HOST holds: {@code unix:///path}, {@code tcp://host:port}, {@code host:port}
   * or a plain path.
   *
   * @throws Invalid when it is none of these
   */
  static EngineAddress parse(String text, Optional<Path> certificates) {
    if (text.startsWith("unix://")) {
      return new Unix(Path.of(text.substring("unix://".length())));
    }
    if (text.startsWith("/")) {
      return new Unix(Path.of(text));
    }
    try {
      URI uri = URI.create(text.contains("://") ? text : "tcp://" + text);
      boolean known = "tcp".equals(uri.getScheme());
      if (known && uri.getHost() != null) {
        int port = uri.getPort() > 0 ? uri.getPort() : certificates.isPresent() ? 2376 : 2375;
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        return new Tcp(host, port, certificates);
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for everything that can't be read.
    }
    throw new Invalid(
        text,
        "'" + text + "' is not an engine's address",
        "write unix:///var/run/docker.sock or tcp://host:port");
  }
}
