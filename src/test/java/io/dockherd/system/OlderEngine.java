package io.dockherd.system;

import io.dockherd.engine.ApiVersion;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real engine behind a socket at which it speaks no newer API than it is told to: it says so, and
 * refuses what is newer as engines do. One request a connection.
 */
final class OlderEngine implements AutoCloseable {
  private static final Pattern ASKED = Pattern.compile("[A-Z]+ (?:/v([0-9.]+))?(/[^? ]*).*");

  /** That of the engine itself, in whose answers another of the same length takes its place. */
  private static final String OWN = "1.41";

  private final Path engine;
  private final ServerSocketChannel door;
  private final Set<SocketChannel> callers = ConcurrentHashMap.newKeySet();
  private final Set<String> spoken = new ConcurrentSkipListSet<>();
  private volatile String newest;

  OlderEngine(Path engine, Path socket, String newest) {
    this.engine = engine;
    this.newest = newest;
    try {
      door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("older engine").start(this::accept);
  }

  /** The versions it was asked in, since the last {@link #replacedBy}. */
  Set<String> spoken() {
    return Set.copyOf(spoken);
  }

  /** From now on it speaks that, and every connection to the one before is gone. */
  void replacedBy(String other) {
    newest = other;
    callers.forEach(OlderEngine::close);
    spoken.clear();
  }

  private void accept() {
    while (door.isOpen()) {
      try {
        SocketChannel caller = door.accept();
        callers.add(caller);
        Thread.ofPlatform().daemon().start(() -> serve(caller));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(SocketChannel caller) {
    try (caller) {
      InputStream in = new BufferedInputStream(Channels.newInputStream(caller));
      String head = head(in);
      Matcher asked = ASKED.matcher(head.lines().findFirst().orElse(""));
      if (!asked.matches()) {
        return;
      }
      String version = asked.group(1) == null ? newest : asked.group(1);
      spoken.add(version);
      if (ApiVersion.parse(version).compareTo(ApiVersion.parse(newest)) > 0) {
        refuse(caller, version);
      } else {
        boolean tellsOfItself = Set.of("/_ping", "/version").contains(asked.group(2));
        pass(caller, in, head, tellsOfItself);
      }
    } catch (IOException e) {
      // Either side went.
    } finally {
      callers.remove(caller);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String end = "\r\n\r\n";
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("went in the middle of a head");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private void refuse(SocketChannel caller, String version) throws IOException {
    String words =
        "client version %s is too new. Maximum supported API version is %s"
            .formatted(version, newest);
    byte[] body = new JsonObject().put("message", words).encode().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    OutputStream out = Channels.newOutputStream(caller);
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
  }

  private void pass(SocketChannel caller, InputStream in, String head, boolean tellsOfItself)
      throws IOException {
    boolean isUpgrade = head.contains("\r\nUpgrade:") || head.contains("\r\nupgrade:");
    String sent =
        isUpgrade
            ? head
            : head.replaceAll("(?i)\r\nConnection: [^\r]*", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
    try (SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
      OutputStream out = Channels.newOutputStream(socket);
      out.write(sent.getBytes(StandardCharsets.ISO_8859_1));
      Thread.ofPlatform().daemon().start(() -> upload(in, socket));
      answer(caller, socket, tellsOfItself);
    }
  }

  private static void upload(InputStream in, SocketChannel socket) {
    try {
      in.transferTo(Channels.newOutputStream(socket));
      socket.shutdownOutput();
    } catch (IOException e) {
      close(socket);
    }
  }

  private void answer(SocketChannel caller, SocketChannel socket, boolean tellsOfItself)
      throws IOException {
    OutputStream out = Channels.newOutputStream(caller);
    InputStream answer = Channels.newInputStream(socket);
    if (tellsOfItself) {
      String all = new String(answer.readAllBytes(), StandardCharsets.ISO_8859_1);
      out.write(all.replace(OWN, newest).getBytes(StandardCharsets.ISO_8859_1));
    } else {
      answer.transferTo(out);
    }
    caller.shutdownOutput();
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    callers.forEach(OlderEngine::close);
  }
}
