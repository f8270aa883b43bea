package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The group's listening socket: {@link #accept} gives only connections that have shown to be a
 * peer's.
 *
 * <p>The library accepts, shakes hands and reads the greeting on one thread, so one stranger who
 * connects and says nothing would keep every peer out. Here each newcomer shows itself on a virtual
 * thread of its own, with a time limit, and only so many at once.
 */
final class Vestibule extends ServerSocket {
  private static final Log LOG = Log.of(Vestibule.class);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int WAITING_MAX = 256;

  private final Security security;
  private final Duration limit;
  private final Semaphore room = new Semaphore(WAITING_MAX);
  private final BlockingQueue<Socket> admitted = new LinkedBlockingQueue<>();
  private final Quiet refusals = new Quiet(Duration.ofSeconds(10));
  private final Quiet failures = new Quiet(Duration.ofSeconds(10));
  private boolean receiving;

  Vestibule(Security security, Duration limit) throws IOException {
    this.security = security;
    this.limit = limit;
  }

  @Override
  public Socket accept() throws IOException {
    startReceiving();
    try {
      Socket next = admitted.take();
      if (isClosed()) {
        next.close();
        throw new SocketException("closed");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    admitted.add(new Socket());
  }

  private synchronized void startReceiving() {
    if (!receiving) {
      receiving = true;
      Thread.ofVirtual().name("group-receive").start(this::receive);
    }
  }

  private void receive() {
    while (!isClosed()) {
      PeerSocket newcomer = new PeerSocket(security, Set.of());
      try {
        implAccept(newcomer);
        if (room.tryAcquire()) {
          Thread.ofVirtual().name("group-admit").start(() -> admit(newcomer));
        } else {
          refuse(newcomer, "too many at once");
        }
      } catch (IOException e) {
        if (!isClosed()) {
          failures.say(alike -> LOG.warn("can't accept", "reason", e, "alike", alike));
          // Out of file handles, most likely: it would fail again at once.
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private void admit(PeerSocket newcomer) {
    try {
      newcomer.admit(limit);
      admitted.add(newcomer);
    } catch (IOException | RuntimeException e) {
      refuse(newcomer, String.valueOf(e.getMessage()));
    } finally {
      room.release();
    }
  }

  private void refuse(Socket newcomer, String reason) {
    refusals.say(
        suppressed ->
            LOG.warn(
                "connection to the group port refused",
                "from",
                newcomer.getRemoteSocketAddress(),
                "reason",
                reason,
                "alike",
                suppressed));
    try {
      newcomer.close();
    } catch (IOException e) {
      LOG.debug("can't close", "reason", e);
    }
  }
}
