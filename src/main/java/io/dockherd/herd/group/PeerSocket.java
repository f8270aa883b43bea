package io.dockherd.herd.group;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/**
 * A connection to a peer: TCP by itself, TLS in the streams it hands out.
 *
 * <p>It is not an {@link javax.net.ssl.SSLSocket}, because closing one of those writes a farewell,
 * which waits for a peer that does not read, for as long as TCP keeps trying. Closing this cuts the
 * connection, at once, whoever is writing.
 */
final class PeerSocket extends Socket {
  /** What the library sends first: "bela", its version, the length of an address, the address. */
  private static final byte[] COOKIE = {'b', 'e', 'l', 'a'};

  private static final int HEAD_BYTES = COOKIE.length + 4;
  private static final int ADDRESS_BYTES_MAX = 64;

  private final Security security;
  private final Set<SocketAddress> securing;
  private volatile Socket secured = this;
  private volatile PushbackInputStream input;

  /**
   * A socket yet to be connected or accepted.
   *
   * @param securing holds the addresses that have taken a connection and are still to show that
   *     they are peers
   */
  PeerSocket(Security security, Set<SocketAddress> securing) {
    this.security = security;
    this.securing = securing;
  }

  /**
   * Opens the connection and secures it; each may take {@code limitMillis}, twice that for the
   * handshake, which costs a busy or just started process more than the connection.
   */
  @Override
  public void connect(SocketAddress endpoint, int limitMillis) throws IOException {
    super.connect(endpoint, limitMillis);
    securing.add(endpoint);
    try {
      within(Duration.ofMillis(2L * limitMillis), () -> secured = security.secure(this, true));
    } finally {
      securing.remove(endpoint);
    }
  }

  /**
   * Secures an accepted connection and reads its first bytes, which stay to be read again.
   *
   * @throws IOException when the other side is no peer or does not show it in time
   */
  void admit(Duration limit) throws IOException {
    within(
        limit,
        () -> {
          secured = security.secure(this, false);
          InputStream raw = getInputStream();
          byte[] head = raw.readNBytes(HEAD_BYTES);
          if (head.length < HEAD_BYTES
              || !Arrays.equals(head, 0, COOKIE.length, COOKIE, 0, COOKIE.length)) {
            throw new IOException("not a peer's greeting");
          }
          int length = (head[HEAD_BYTES - 2] & 0xff) << 8 | head[HEAD_BYTES - 1] & 0xff;
          if (length > ADDRESS_BYTES_MAX) {
            throw new IOException("not a peer's address");
          }
          byte[] address = raw.readNBytes(length);
          PushbackInputStream again = new PushbackInputStream(raw, HEAD_BYTES + length);
          again.unread(address);
          again.unread(head);
          input = again;
        });
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (input != null) {
      return input;
    }
    return secured == this ? super.getInputStream() : secured.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return secured == this ? super.getOutputStream() : secured.getOutputStream();
  }

  private interface Step {
    void run() throws IOException;
  }

  /** A read's time limit starts anew with each byte; only closing ends a trickle. */
  private void within(Duration limit, Step step) throws IOException {
    Thread guard = Thread.ofVirtual().start(() -> closeAfter(limit, this));
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    } finally {
      guard.interrupt();
    }
  }

  private static void closeAfter(Duration limit, Closeable what) {
    try {
      Thread.sleep(limit);
      what.close();
    } catch (InterruptedException e) {
      // Done in time.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // A socket that can't be closed is closed already.
      Thread.currentThread().interrupt();
    }
  }
}
