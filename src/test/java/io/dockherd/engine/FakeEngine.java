package io.dockherd.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Something on a unix socket, or a port of loopback, that speaks HTTP as badly as a test wants: a
 * script says, byte by byte, what each request is answered with. Pings are answered by themselves.
 */
public final class FakeEngine implements AutoCloseable {
  /** Answers a request; returning goes on with the connection's next, throwing closes it. */
  public interface Script {
    void answer(Request request, Connection connection) throws IOException, InterruptedException;
  }

  /** A request as it came; {@code connection} counts from 1. */
  public record Request(
      String method, String target, Map<String, String> headers, String body, int connection) {}

  /** Where it listens. */
  private interface Listener extends Closeable {
    Peer accept() throws IOException;
  }

  /** Somebody connected. */
  private record Peer(InputStream in, OutputStream out, Closeable half, Closeable whole) {}

  private final Path folder;
  private final Script script;
  private final Optional<SSLContext> tls;
  private final boolean isUnix;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Peer> open = ConcurrentHashMap.newKeySet();
  private volatile String pingHeaders = "Api-Version: 1.41\r\n";
  private volatile boolean isHanging;
  private Listener listener;
  private int port;

  /** On a unix socket. */
  public FakeEngine(Script script) {
    this(script, true, Optional.empty());
  }

  private FakeEngine(Script script, boolean isUnix, Optional<SSLContext> tls) {
    this.script = script;
    this.isUnix = isUnix;
    this.tls = tls;
    try {
      this.folder = Files.createTempDirectory(Path.of("/tmp"), "dh-fake");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listen();
  }

  /** On a port of loopback, in clear text. */
  public static FakeEngine onPort(Script script) {
    return new FakeEngine(script, false, Optional.empty());
  }

  /** On a port of loopback, with TLS that demands a certificate. */
  static FakeEngine onTls(Script script, SSLContext tls) {
    return new FakeEngine(script, false, Optional.of(tls));
  }

  public EngineAddress address() {
    return isUnix
        ? new EngineAddress.Unix(socket())
        : new EngineAddress.Tcp("127.0.0.1", port, Optional.empty());
  }

  int port() {
    return port;
  }

  /** What pings are answered from now on: whole header lines. */
  void pingHeaders(String lines) {
    pingHeaders = lines;
  }

  /** What was asked, pings left out. */
  public List<Request> requests() {
    return requests.stream().filter(request -> !request.target().endsWith("/_ping")).toList();
  }

  /** How often a ping was asked for without a version: to learn it. */
  long negotiations() {
    return requests.stream().filter(request -> request.target().equals("/_ping")).count();
  }

  /** How often a ping was asked for at all. */
  long pings() {
    return requests.stream().filter(request -> request.target().endsWith("/_ping")).count();
  }

  /** Answers nothing any more, until told otherwise. */
  public void hang(boolean hangs) {
    isHanging = hangs;
  }

  int connections() {
    return connections.get();
  }

  public int openConnections() {
    return open.size();
  }

  /** Closes the socket and all connections. */
  void stop() {
    try {
      listener.close();
      Files.deleteIfExists(socket());
      for (Peer peer : open) {
        peer.whole().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens (again). */
  void listen() {
    try {
      Listener bound = isUnix ? unix() : tcp();
      listener = bound;
      Thread.ofVirtual().start(() -> accept(bound));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Listener unix() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    return new Listener() {
      @Override
      public Peer accept() throws IOException {
        SocketChannel channel = server.accept();
        return new Peer(
            Channels.newInputStream(channel),
            Channels.newOutputStream(channel),
            channel::shutdownOutput,
            channel);
      }

      @Override
      public void close() throws IOException {
        server.close();
      }
    };
  }

  private Listener tcp() throws IOException {
    ServerSocket server =
        tls.isPresent()
            ? tls.get().getServerSocketFactory().createServerSocket()
            : new ServerSocket();
    if (server instanceof SSLServerSocket secured) {
      secured.setNeedClientAuth(true);
    }
    server.bind(new InetSocketAddress("127.0.0.1", port));
    port = server.getLocalPort();
    return new Listener() {
      @Override
      public Peer accept() throws IOException {
        Socket socket = server.accept();
        return new Peer(
            socket.getInputStream(), socket.getOutputStream(), socket::shutdownOutput, socket);
      }

      @Override
      public void close() throws IOException {
        server.close();
      }
    };
  }

  @Override
  public void close() {
    stop();
    folder.toFile().delete();
  }

  private Path socket() {
    return folder.resolve("sock");
  }

  private void accept(Listener bound) {
    while (true) {
      try {
        Peer peer = bound.accept();
        int number = connections.incrementAndGet();
        open.add(peer);
        Thread.ofVirtual().start(() -> serve(peer, number));
      } catch (IOException e) {
        return; // Stopped.
      }
    }
  }

  private void serve(Peer peer, int number) {
    Closeable whole = peer.whole();
    try (whole) {
      Connection connection = new Connection(peer);
      while (true) {
        Request request = connection.read(number);
        requests.add(request);
        while (isHanging) {
          LockSupport.parkNanos(1_000_000);
        }
        if (request.target().endsWith("/_ping")) {
          connection.write("HTTP/1.1 200 OK\r\n" + pingHeaders + "Content-Length: 2\r\n\r\nOK");
        } else {
          script.answer(request, connection);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The other side went, or the script had enough: the connection is closed.
    } finally {
      open.remove(peer);
    }
  }

  /** One connection, seen from the engine. */
  public static final class Connection {
    private final Peer peer;
    private final InputStream in;

    private Connection(Peer peer) {
      this.peer = peer;
      this.in = new BufferedInputStream(peer.in());
    }

    public void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) throws IOException {
      peer.out().write(bytes);
      peer.out().flush();
    }

    /** What comes, bare. */
    public InputStream in() {
      return in;
    }

    /** Closes the engine's half. */
    public void end() throws IOException {
      peer.half().close();
    }

    /** A whole answer with a JSON body. */
    public void answer(int status, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      write(
          "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(status, bytes.length, body));
    }

    void chunk(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      write(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
    }

    /** Waits for the other side to close, reading what comes. */
    public String readToEnd() throws IOException {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    public void hangUp() throws IOException {
      throw new IOException("the script hangs up");
    }

    private Request read(int number) throws IOException {
      String[] lines = head().split("\r\n");
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        headers.merge(
            lines[i].substring(0, colon),
            lines[i].substring(colon + 1).strip(),
            (one, next) -> one + ", " + next);
      }
      String[] start = lines[0].split(" ");
      return new Request(start[0], start[1], headers, body(headers), number);
    }

    private String head() throws IOException {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the other side closed");
        }
        head.write(b);
      }
      return head.toString(StandardCharsets.ISO_8859_1);
    }

    private String body(Map<String, String> headers) throws IOException {
      if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
        return chunks();
      }
      int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
      return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String chunks() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        StringBuilder size = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
          if (b < 0) {
            throw new IOException("the other side closed within a body");
          }
          size.append((char) b);
        }
        int length = Integer.parseInt(size.toString().strip(), 16);
        body.write(in.readNBytes(length));
        in.readNBytes(2);
        if (length == 0) {
          return body.toString(StandardCharsets.UTF_8);
        }
      }
    }
  }
}
