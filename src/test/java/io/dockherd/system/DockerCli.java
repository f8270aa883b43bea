package io.dockherd.system;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The docker command at one Docker door. */
final class DockerCli {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<String> command;

  private DockerCli(String... global) {
    this(List.of("docker"), global);
  }

  private DockerCli(List<String> program, String... global) {
    command = Stream.concat(program.stream(), Stream.of(global)).toList();
  }

  /** Another docker command than that on the path, at the door of a host's node. */
  static DockerCli of(List<String> program, LabHost host) {
    return new DockerCli(program, atDoor(host));
  }

  /** At the door of a host's node, in clear text. */
  static DockerCli at(LabHost host) {
    return new DockerCli(atDoor(host));
  }

  private static String[] atDoor(LabHost host) {
    return new String[] {"--host", "tcp://" + host.address() + ":" + LabHost.DOCKER_PORT};
  }

  /** At a unix socket: a door's, or an engine's own. */
  static DockerCli at(Path socket) {
    return new DockerCli("--host", "unix://" + socket);
  }

  /** At a door with TLS, with the certificates in that folder. */
  static DockerCli secured(String address, Path certificates) {
    return new DockerCli(
        "--host",
        "tcp://" + address,
        "--tlsverify",
        "--tlscacert=" + certificates.resolve("ca.pem"),
        "--tlscert=" + certificates.resolve("cert.pem"),
        "--tlskey=" + certificates.resolve("key.pem"));
  }

  /** What it wrote and how it ended. */
  record Result(int exitCode, byte[] output, String errors) {
    String text() {
      return new String(output, StandardCharsets.UTF_8);
    }
  }

  /** Runs it to its end, without input. */
  Result run(String... arguments) {
    return run(new byte[0], arguments);
  }

  /** Runs it with that input to its end. */
  Result run(byte[] input, String... arguments) {
    Running running = start(arguments);
    running.type(input);
    running.endInput();
    return running.await();
  }

  /** What it writes when it succeeds, as it must; without the last line's end. */
  String succeed(String... arguments) {
    Result result = run(arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError(List.of(arguments) + ": " + result);
    }
    return result.text().strip();
  }

  /** Starts it. */
  Running start(String... arguments) {
    return new Running(line(arguments));
  }

  /** Starts it on a terminal of its own. */
  Running startOnTerminal(String... arguments) {
    String words =
        line(arguments).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    return new Running(List.of("script", "--quiet", "--return", "--command", words, "/dev/null"));
  }

  private List<String> line(String... arguments) {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of(arguments));
    return line;
  }

  /** It runs. */
  static final class Running implements AutoCloseable {
    private final Process process;
    private final Gathered output;
    private final Gathered errors;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

    private Running(List<String> line) {
      try {
        process = new ProcessBuilder(line).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      output = new Gathered(process.getInputStream());
      errors = new Gathered(process.getErrorStream());
    }

    /** Writes to its input, when what was to be written before is; returns at once. */
    void type(byte[] bytes) {
      input(() -> write(process.getOutputStream(), bytes));
    }

    void type(String text) {
      type(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes its input, when what was to be written before is; returns at once. */
    void endInput() {
      input(() -> close(process.getOutputStream()));
    }

    private void input(Runnable what) {
      written = written.thenRunAsync(what, task -> Thread.ofVirtual().start(task));
    }

    private static void write(OutputStream in, byte[] bytes) {
      try {
        in.write(bytes);
        in.flush();
      } catch (IOException e) {
        // It ended before it had read all.
      }
    }

    private static void close(OutputStream in) {
      try {
        in.close();
      } catch (IOException e) {
        // It has ended.
      }
    }

    /** What it has written so far. */
    String text() {
      return output.text();
    }

    String errors() {
      return errors.text();
    }

    void awaitText(String expected) {
      await(expected, this::text);
    }

    void awaitErrors(String expected) {
      await(expected, this::errors);
    }

    private void await(String expected, Supplier<String> told) {
      try {
        Await.until("'" + expected + "'", LIMIT, () -> told.get().contains(expected));
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + ", but: " + text() + errors(), e);
      }
    }

    /** Gives the terminal it runs on another size, as a window does that is drawn bigger. */
    void resize(int rows, int columns) {
      Invocation.run(
          "stty", "-F", terminal().toString(), "rows", "" + rows, "columns", "" + columns);
    }

    private Path terminal() {
      try {
        ProcessHandle onIt = process.descendants().findFirst().orElseThrow();
        return Files.readSymbolicLink(Path.of("/proc/" + onIt.pid() + "/fd/0"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isRunning() {
      return process.isAlive();
    }

    /** Ends it at once, as a crash would. */
    void kill() {
      process.destroyForcibly();
    }

    Result await() {
      return await(LIMIT);
    }

    Result await(Duration limit) {
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("not ended after " + limit + ": " + text() + errors());
        }
        return new Result(process.exitValue(), output.all(), errors.text());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** What comes out of a pipe. */
  private static final class Gathered {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread reader;

    private Gathered(InputStream in) {
      reader = Thread.ofVirtual().start(() -> read(in));
    }

    private void read(InputStream in) {
      byte[] piece = new byte[64 << 10];
      try {
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
          bytes.write(piece, 0, read);
        }
      } catch (IOException e) {
        // Killed.
      }
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    byte[] all() throws InterruptedException {
      reader.join();
      return bytes.toByteArray();
    }
  }
}
