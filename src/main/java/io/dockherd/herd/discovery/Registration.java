package io.dockherd.herd.discovery;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.stores.Directory;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Somebody else's address in a store, where a manager reads it: what classic Swarm's agent did for
 * an engine.
 */
public final class Registration {
  private static final Log LOG = Log.of(Registration.class);
  private static final Pattern STORE = Pattern.compile("(etcd|consul|zk)://.*");

  private final Directory directory;
  private final HostPort address;
  private final Duration ttl;
  private final Backoff backoff = new Backoff();
  private boolean isOut;

  Registration(Directory directory, HostPort address, Duration ttl) {
    this.directory = directory;
    this.address = address;
    this.ttl = ttl;
  }

  /**
   * Of that address, in the store the URL means; asks nobody yet.
   *
   * @param options see {@link StoreUrl}
   * @param ttl how long the store keeps it once it is not renewed
   * @throws Invalid when the URL is not understood, or is no store's
   */
  public static Registration of(
      String url, Map<String, String> options, HostPort address, Duration ttl) {
    String text = url.strip();
    if (!STORE.matcher(text).matches()) {
      throw new Invalid(
          url,
          "nothing can be registered with '" + url + "'",
          "name a store: etcd://, consul:// or zk://");
    }
    return new Registration(StoreUrl.parse(text, options).open(), address, ttl);
  }

  /**
   * Registers at every heartbeat, sooner while that fails, until it is interrupted; then takes the
   * address out again. An outage is told once.
   */
  public void keep(Duration heartbeat) {
    try (directory) {
      try {
        while (true) {
          TimeUnit.NANOSECONDS.sleep(register(heartbeat).toNanos());
        }
      } catch (InterruptedException e) {
        directory.withdraw();
      }
    } catch (Failure e) {
      LOG.debug("the address stays in the store until its time is over", "reason", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long to wait until the next time. */
  private Duration register(Duration heartbeat) throws InterruptedException {
    try {
      directory.register(address.toString(), ttl);
    } catch (Failure e) {
      if (!isOut) {
        LOG.warn("the address can't be registered", "address", address, "reason", e.explanation());
      }
      isOut = true;
      return backoff.step(heartbeat);
    }
    if (isOut) {
      LOG.info("the address is registered again", "address", address);
    }
    isOut = false;
    backoff.reset();
    return heartbeat;
  }
}
