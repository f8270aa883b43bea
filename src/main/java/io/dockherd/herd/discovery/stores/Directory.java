package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;

/**
 * A directory of addresses in a store. All calls wait for the store, a few seconds at most unless
 * they say otherwise; one thread at a time.
 *
 * <p>What goes wrong is {@link Unreachable} or {@link TimedOut} when the store doesn't answer, or
 * not as it should, and {@link Refused} when it answers that it won't.
 */
public interface Directory extends AutoCloseable {
  /** The most a directory is read of; what is beyond can't be a list of hosts. */
  int VALUES_MAX = 4096;

  /** All values of the directory; none when there is no such directory yet. */
  Listing read() throws InterruptedException;

  /**
   * Returns when something has changed since that listing, as far as the store tells, after the
   * limit at the latest.
   */
  void awaitChange(Listing since, Duration limit) throws InterruptedException;

  /**
   * Puts in one address, which the store forgets when this isn't called again within {@code ttl}.
   * To be called with the same address each time: it looks whether all is still there, and mends
   * what isn't.
   */
  void register(String address, Duration ttl) throws InterruptedException;

  /** Takes out at once what was put in. */
  void withdraw() throws InterruptedException;

  /** Lets go of connections. What was put in stays until its time is over. */
  @Override
  void close();
}
