package io.dockherd.engine;

import io.dockherd.Await;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Docker daemon of a test's own, in a folder of its own, without network: nothing of it touches
 * the machine's daemon or another test's. Needs root, {@code dockerd} and {@code busybox}.
 */
public final class RealEngine implements AutoCloseable {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private final Path folder;
  private final List<String> moreArguments;
  private final Thread lastResort = new Thread(this::remove);
  private Process daemon;

  private RealEngine(List<String> moreArguments) throws IOException {
    // Short, for a unix socket's path may not exceed 107 bytes.
    this.folder = Files.createTempDirectory(Path.of("/tmp"), "dh-eng");
    this.moreArguments = moreArguments;
  }

  /** A running daemon with the image {@code busybox:latest}. */
  public static RealEngine start(String... moreArguments) {
    try {
      RealEngine engine = new RealEngine(List.of(moreArguments));
      Runtime.getRuntime().addShutdownHook(engine.lastResort);
      engine.launch();
      engine.importBusybox();
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path socket() {
    return folder.resolve("docker.sock");
  }

  Path folder() {
    return folder;
  }

  public EngineAddress address() {
    return new EngineAddress.Unix(socket());
  }

  /** Starts the daemon (again) and waits until it answers. */
  public void launch() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "dockerd",
                "--config-file=" + folder.resolve("daemon.json"),
                "--data-root=" + folder.resolve("data"),
                "--exec-root=" + folder.resolve("exec"),
                "--pidfile=" + folder.resolve("pid"),
                "--host=unix://" + socket(),
                "--bridge=none",
                "--iptables=false",
                "--ip-masq=false"));
    command.addAll(moreArguments);
    try {
      Files.writeString(folder.resolve("daemon.json"), "{}");
      daemon =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until("the daemon answers", Duration.ofSeconds(60), this::answersOrDied);
    if (!daemon.isAlive()) {
      throw new IllegalStateException("dockerd did not start:\n" + read(log()));
    }
  }

  /** Freezes the daemon: it keeps its connections and answers nothing. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets a frozen daemon go on. */
  public void thaw() {
    signal("CONT");
  }

  /** Ends the daemon at once; its containerd dies with it, its containers do not. */
  public void kill() {
    daemon.destroyForcibly();
    await(daemon);
    try {
      // Where nobody buries the dead, the next daemon takes the old containerd for a living one.
      Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(lastResort);
    remove();
  }

  /** A daemon listens before it is ready: only its answer counts. */
  private boolean answersOrDied() {
    if (!daemon.isAlive()) {
      return true;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket()));
      channel.write(
          ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
      return channel.read(ByteBuffer.allocate(1)) == 1;
    } catch (IOException e) {
      return false;
    }
  }

  private void importBusybox() {
    Path root = folder.resolve("busybox");
    try {
      Files.createDirectories(root.resolve("bin"));
      Files.createDirectories(root.resolve("tmp"));
      Files.copy(BUSYBOX, root.resolve("bin/busybox"), StandardCopyOption.COPY_ATTRIBUTES);
      for (String applet : List.of("sh", "cat", "sleep", "echo", "dd", "true", "yes", "head")) {
        Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("tar", "-C", root.toString(), "-cf", folder.resolve("busybox.tar").toString(), ".");
    run(
        "docker",
        "-H",
        "unix://" + socket(),
        "import",
        folder.resolve("busybox.tar").toString(),
        "busybox:latest");
  }

  private void remove() {
    if (!daemon.isAlive()) {
      // Its containers and its containerd outlived it; only it can end them in order.
      launch();
    }
    thaw();
    removeContainers();
    daemon.destroy();
    await(daemon);
    unmount();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A daemon that was killed leaves its folder mounted on itself. */
  private void unmount() {
    read(Path.of("/proc/self/mounts"))
        .lines()
        .map(line -> line.split(" ")[1])
        .filter(mounted -> mounted.startsWith(folder.toString()))
        .sorted(Comparator.reverseOrder())
        .forEach(mounted -> run("umount", mounted));
  }

  private void removeContainers() {
    String host = "unix://" + socket();
    run("sh", "-c", "docker -H " + host + " ps -aq | xargs -r docker -H " + host + " rm -f");
  }

  private void signal(String name) {
    run("kill", "-" + name, Long.toString(daemon.pid()));
  }

  private Path log() {
    return folder.resolve("log");
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = Buffer.buffer(process.getInputStream().readAllBytes()).toString();
      await(process);
      if (process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(process.info() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
