package io.dockherd.herd.discovery.stores;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A directory in etcd. Asks by v3 (etcd 3.4 and later); by v2, which classic Swarm spoke, where the
 * server knows no v3. The two see nothing of each other's keys, so all who share a directory must
 * ask servers of one kind.
 */
final class EtcdDirectory implements Directory {
  private static final int NO_SUCH_PATH = 404;

  private final StorePlace place;
  private final StoreHttp http;
  private volatile Directory chosen;

  EtcdDirectory(StorePlace place) {
    this.place = place;
    this.http = new StoreHttp(place);
  }

  private Directory chosen() throws InterruptedException {
    if (chosen == null) {
      // Any read shows whether v3 is there; this one is for a key that nobody has.
      JsonObject look = new JsonObject().put("key", "AA==").put("keys_only", true);
      int status = http.ask(Question.post(EtcdV3.RANGE, look)).status();
      chosen = status == NO_SUCH_PATH ? new EtcdV2(http, place) : new EtcdV3(http, place);
    }
    return chosen;
  }

  @Override
  public Listing read() throws InterruptedException {
    return chosen().read();
  }

  @Override
  public void awaitChange(Listing since, Duration limit) throws InterruptedException {
    chosen().awaitChange(since, limit);
  }

  @Override
  public void register(String address, Duration ttl) throws InterruptedException {
    chosen().register(address, ttl);
  }

  @Override
  public void withdraw() throws InterruptedException {
    if (chosen != null) {
      chosen.withdraw();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
