package io.dockherd.herd.discovery.stores;

import io.dockherd.Await;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A directory that is asked again while its server is too busy, as those who use one do. */
public record Insistent(Directory directory) implements Directory {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private interface Call {
    void make() throws InterruptedException;
  }

  private static void insist(Call call) {
    Await.until("the store answers", LIMIT, () -> isAnswered(call));
  }

  private static boolean isAnswered(Call call) {
    try {
      call.make();
      return true;
    } catch (Unreachable | TimedOut busy) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Listing read() {
    AtomicReference<Listing> listing = new AtomicReference<>();
    insist(() -> listing.set(directory.read()));
    return listing.get();
  }

  @Override
  public void awaitChange(Listing since, Duration limit) {
    insist(() -> directory.awaitChange(since, limit));
  }

  @Override
  public void register(String address, Duration ttl) {
    insist(() -> directory.register(address, ttl));
  }

  @Override
  public void withdraw() throws InterruptedException {
    directory.withdraw();
  }

  @Override
  public void close() {
    directory.close();
  }
}
