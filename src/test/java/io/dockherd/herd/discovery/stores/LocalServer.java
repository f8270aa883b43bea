package io.dockherd.herd.discovery.stores;

import io.dockherd.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real store's server on loopback, which keeps what it holds in a folder of the test's. */
public final class LocalServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path JARS = Path.of("/usr/share/java");

  private final List<String> command;
  private final Path said;
  private final int port;
  private final String greeting;
  private final String welcome;
  private Process process;

  /**
   * A running one.
   *
   * @param greeting what is sent to learn whether it is ready: it may take connections before
   * @param welcome what its answer holds when it is
   */
  private LocalServer(
      List<String> command, Path folder, int port, String greeting, String welcome) {
    this.command = command;
    this.said = folder.resolve("server.log");
    this.port = port;
    this.greeting = greeting;
    this.welcome = welcome;
    start();
  }

  /** Debian's etcd, with both APIs. */
  public static LocalServer etcd(Path folder) {
    return etcd(folder, "http", List.of());
  }

  /**
   * The same with more said.
   *
   * @param scheme https when that is about TLS; then it may not be ready yet
   */
  public static LocalServer etcd(Path folder, String scheme, List<String> more) {
    int port = freePort();
    String clients = scheme + "://127.0.0.1:" + port;
    String peers = "http://127.0.0.1:" + freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--enable-v2=true"));
    command.addAll(more);
    if (scheme.equals("https")) {
      return new LocalServer(command, folder, port, "", "");
    }
    String health = "GET /health HTTP/1.0\r\n\r\n";
    return new LocalServer(command, folder, port, health, "\"true\"");
  }

  /** Whether Debian's ZooKeeper is installed. */
  public static boolean hasZooKeeper() {
    return Files.isReadable(JARS.resolve("zookeeper.jar"));
  }

  /** Debian's ZooKeeper, on the JDK the tests run on. */
  public static LocalServer zooKeeper(Path folder) {
    int port = freePort();
    Path config = folder.resolve("zoo.cfg");
    write(
        config,
        String.join(
            "\n",
            "tickTime=2000",
            "dataDir=" + folder.resolve("zookeeper"),
            "clientPort=" + port,
            "clientPortAddress=127.0.0.1",
            "admin.enableServer=false",
            ""));
    String classPath = JARS.resolve("zookeeper.jar") + ":" + JARS.resolve("slf4j-nop.jar");
    return new LocalServer(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            classPath,
            "org.apache.zookeeper.server.ZooKeeperServerMain",
            config.toString()),
        folder,
        port,
        "srvr",
        "Mode: standalone");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, on the same port again and with what it held; returns once it answers. */
  public void start() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(() -> "the store answers; it said\n" + said(), LIMIT, this::isReady);
  }

  private boolean isReady() {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(1000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
      if (welcome.isEmpty()) {
        return true;
      }
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.UTF_8).contains(welcome);
    } catch (IOException e) {
      return false;
    }
  }

  private String said() {
    try (Stream<String> lines = Files.lines(said)) {
      return String.join("\n", lines.toList());
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Kills it. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where it listens: {@code 127.0.0.1:32379}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    kill();
  }
}
