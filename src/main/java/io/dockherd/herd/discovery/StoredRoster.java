package io.dockherd.herd.discovery;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.herd.discovery.stores.Listing;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The addresses in a store's directory: its values, whatever its keys. A value that is no {@code
 * host:port} is ignored. An outage of the store is told once, and takes nobody off the list.
 */
final class StoredRoster implements Roster {
  private static final Log LOG = Log.of(StoredRoster.class);

  /** Changes come in crowds. */
  private static final Duration CROWD = Duration.ofMillis(200);

  private static final int TOLD_MAX = 64;
  private static final int SHOWN_MAX = 100;

  private final String url;
  private final Directory directory;
  private final Patience patience;
  private final Backoff backoff = new Backoff();
  private final Set<String> ignored = new HashSet<>();
  private Optional<Listing> last = Optional.empty();
  private Optional<Failure> outage = Optional.empty();

  /**
   * A list not read yet.
   *
   * @param patience how long entries that are missing after an outage stay: their time to live
   */
  StoredRoster(String url, Directory directory, Duration patience) {
    this.url = url;
    this.directory = directory;
    this.patience = new Patience(patience, Directory.VALUES_MAX);
  }

  /** {@inheritDoc} Throughout an outage the failure is the same one, so that it is told once. */
  @Override
  public List<HostPort> read() {
    try {
      Listing listing = directory.read();
      boolean wasOut = outage.isPresent();
      if (wasOut) {
        LOG.info("the store answers again", "store", url, "listed", listing.values().size());
      }
      outage = Optional.empty();
      last = Optional.of(listing);
      return patience.take(hosts(listing), wasOut, System.nanoTime());
    } catch (Failure e) {
      LOG.debug("the store can't be read", "store", url, "reason", e);
      last = Optional.empty();
      outage = outage.or(() -> Optional.of(e));
      throw outage.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable(url, "the store was not waited for", "", e);
    }
  }

  private List<HostPort> hosts(Listing listing) {
    Set<HostPort> hosts = new LinkedHashSet<>();
    for (String value : listing.values()) {
      try {
        hosts.add(RosterEntries.engine(value));
      } catch (Invalid e) {
        ignore(value);
      }
    }
    return List.copyOf(hosts);
  }

  /** Told once; it will be there the next time too. */
  private void ignore(String value) {
    if (ignored.size() < TOLD_MAX && ignored.add(value)) {
      String shown = value.length() > SHOWN_MAX ? value.substring(0, SHOWN_MAX) + "…" : value;
      LOG.warn("a value in the store is no host:port and ignored", "store", url, "value", shown);
    }
  }

  @Override
  public void awaitChange(Duration heartbeat) throws InterruptedException {
    if (last.isEmpty()) {
      backoff.sleep(heartbeat);
      return;
    }
    TimeUnit.NANOSECONDS.sleep(CROWD.toNanos());
    try {
      directory.awaitChange(last.get(), heartbeat);
      backoff.reset();
    } catch (Failure e) {
      LOG.debug("the store can't be watched", "store", url, "reason", e);
      backoff.sleep(heartbeat);
    }
  }

  @Override
  public void close() {
    directory.close();
  }
}
