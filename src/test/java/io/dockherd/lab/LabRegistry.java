package io.dockherd.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real registry (Debian's docker-registry) on the loopback of a host, where engines take one
 * without TLS. Whatever it holds is to be had at two ports: at one by everybody, at the other by
 * {@code alice}.
 */
public final class LabRegistry implements AutoCloseable {
  /** Who it lets in at its closed port, as an engine is told with a pull. */
  public static final String ALICE =
      Base64.getUrlEncoder()
          .encodeToString(
              "{\"username\":\"alice\",\"password\":\"open sesame\"}"
                  .getBytes(StandardCharsets.UTF_8));

  private static final String PASSWORDS =
      "alice:$2b$04$dxnFaPhlQ8hhhamuRZalIuuALUZJx9KZwxus6hf3fqqDW6kDWwoc6\n";
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int OPEN_PORT = 5000;
  private static final int CLOSED_PORT = 5001;

  private final LabHost host;
  private final HostProcess open;
  private final HostProcess closed;

  private LabRegistry(LabHost host) {
    this.host = host;
    this.open = new HostProcess(host.plan(), "registry");
    this.closed = new HostProcess(host.plan(), "closed-registry");
  }

  /** A running one, empty. */
  public static LabRegistry on(LabHost host) {
    LabRegistry registry = new LabRegistry(host);
    try {
      Path passwords = host.plan().folder().resolve("registry.passwords");
      Files.writeString(passwords, PASSWORDS);
      registry.start(registry.open, OPEN_PORT, Map.of());
      registry.start(
          registry.closed,
          CLOSED_PORT,
          Map.of(
              "REGISTRY_AUTH_HTPASSWD_REALM",
              "lab",
              "REGISTRY_AUTH_HTPASSWD_PATH",
              passwords.toString()));
      return registry;
    } catch (IOException e) {
      registry.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      registry.close();
      throw e;
    }
  }

  private void start(HostProcess process, int port, Map<String, String> more) throws IOException {
    Path config = host.plan().folder().resolve("registry.yml");
    Files.writeString(config, "version: 0.1\nlog:\n  level: warn\n");
    Map<String, String> environment = new java.util.TreeMap<>(more);
    environment.put("REGISTRY_STORAGE", "filesystem");
    environment.put(
        "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY",
        host.plan().folder().resolve("registry").toString());
    environment.put("REGISTRY_HTTP_ADDR", "127.0.0.1:" + port);
    process.start(host.inside(List.of("docker-registry", "serve", config.toString())), environment);
    process.awaitReady(
        LIMIT,
        () ->
            host.run("curl", "-s", "--max-time", "1", "http://127.0.0.1:" + port + "/v2/")
                .succeeded());
  }

  /** What an image it holds is called: {@code 127.0.0.1:5000/web:1}. */
  public String image(String name) {
    return "127.0.0.1:" + OPEN_PORT + "/" + name;
  }

  /** What the same is called where only Alice is let in. */
  public String closedImage(String name) {
    return "127.0.0.1:" + CLOSED_PORT + "/" + name;
  }

  /** Puts the host's busybox into it by that name; the engine itself forgets the name again. */
  public void hold(String name) {
    docker("tag", "busybox:latest", image(name)).orFail();
    docker("push", image(name)).orFail();
    docker("rmi", image(name)).orFail();
  }

  private Invocation docker(String... arguments) {
    return Invocation.of(
        LIMIT,
        Stream.concat(
                Stream.of("docker", "--host", "unix://" + host.engineSocket()),
                Stream.of(arguments))
            .toList());
  }

  @Override
  public void close() {
    open.kill();
    closed.kill();
    Invocation.attempt("rm", "-rf", "--", host.plan().folder().resolve("registry").toString());
  }
}
