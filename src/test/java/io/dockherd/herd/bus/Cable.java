package io.dockherd.herd.bus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A cable between whoever connects to it and one address: while it is cut, nothing passes and
 * nobody is told, as when a real one is pulled.
 */
final class Cable implements AutoCloseable {
  private final InetSocketAddress to;
  private final ServerSocket server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Strand> strands = new HashSet<>();
  private boolean isCut;

  Cable(InetSocketAddress to) {
    this.to = to;
    try {
      this.server = new ServerSocket(0, 50, to.getAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** An address of this machine at which nothing listens, nor will by chance. */
  static InetSocketAddress freeAddress() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] ip = {
      127,
      (byte) random.nextInt(40, 120),
      (byte) random.nextInt(1, 250),
      (byte) random.nextInt(1, 250)
    };
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(ip))) {
      return (InetSocketAddress) probe.getLocalSocketAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many connections go through it. */
  int connections() {
    return locked(strands::size);
  }

  void cut() {
    locked(
        () -> {
          isCut = true;
          strands.forEach(strand -> strand.isCut = true);
          return isCut;
        });
  }

  void mend() {
    locked(
        () -> {
          isCut = false;
          strands.forEach(strand -> strand.isCut = false);
          return isCut;
        });
  }

  /** New connections pass; those that were cut stay so. */
  void mendForNewOnes() {
    locked(() -> isCut = false);
  }

  private <T> T locked(Supplier<T> change) {
    lock.lock();
    try {
      T result = change.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Strand strand = new Strand(server.accept());
        locked(
            () -> {
              strand.isCut = isCut;
              return strands.add(strand);
            });
        Thread.ofVirtual().start(strand::connect);
      }
    } catch (IOException e) {
      mend();
      locked(() -> Set.copyOf(strands)).forEach(Strand::close);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection through the cable. */
  private final class Strand {
    private final Socket near;
    private final Socket far = new Socket();
    private boolean isCut;

    private Strand(Socket near) {
      this.near = near;
    }

    private void connect() {
      awaitWhole();
      try {
        far.connect(to);
        Thread.ofVirtual().start(() -> pump(near, far));
        pump(far, near);
      } catch (IOException e) {
        close();
      }
    }

    private void pump(Socket from, Socket into) {
      byte[] buffer = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = into.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          awaitWhole();
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // One side has gone; the other learns of it when the cable lets it.
      }
      awaitWhole();
      close();
    }

    private void awaitWhole() {
      lock.lock();
      try {
        while (isCut) {
          changed.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
    }

    private void close() {
      try {
        near.close();
        far.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        locked(() -> strands.remove(this));
      }
    }
  }
}
