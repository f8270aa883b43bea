package io.dockherd.herd.discovery.stores;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * etcd's v3 API by its JSON gateway: keys and values in base 64, whole numbers of 64 bits as text.
 * An address hangs on a lease, which every {@link #register} keeps alive; the key itself is written
 * again only when it is gone, so that nobody who watches is woken for nothing.
 */
final class EtcdV3 implements Directory {
  static final String RANGE = "/v3/kv/range";

  /** That the watch stands, and what it then sees. */
  private static final int LINES_TO_A_CHANGE = 2;

  private final StoreHttp http;
  private final StorePlace place;
  private Optional<String> lease = Optional.empty();

  EtcdV3(StoreHttp http, StorePlace place) {
    this.http = http;
    this.place = place;
  }

  @Override
  public Listing read() throws InterruptedException {
    JsonObject range = keys().put("limit", VALUES_MAX);
    return http.ask(Question.post(RANGE, range))
        .orRefused()
        .read(found -> new Listing(values(found), revision(found)));
  }

  private JsonObject keys() {
    return new JsonObject()
        .put("key", base64(place.key("")))
        // All keys that begin so: up to the next character after the slash.
        .put("range_end", base64(place.path() + (char) ('/' + 1)));
  }

  private static List<String> values(JsonObject found) {
    return found.getJsonArray("kvs", new JsonArray()).stream()
        .map(entry -> text(((JsonObject) entry).getString("value", "")))
        .toList();
  }

  private static long revision(JsonObject found) {
    return Long.parseLong(found.getJsonObject("header").getString("revision"));
  }

  @Override
  public void awaitChange(Listing since, Duration limit) throws InterruptedException {
    JsonObject watch = keys().put("start_revision", Long.toString(since.mark() + 1));
    // A revision that is compacted away ends the answer early: whoever asks reads anew then.
    http.await(
            Question.post("/v3/watch", new JsonObject().put("create_request", watch))
                .within(limit)
                .untilLine(LINES_TO_A_CHANGE))
        .ifPresent(Answer::orRefused);
  }

  @Override
  public void register(String address, Duration ttl) throws InterruptedException {
    if (lease.isPresent() && isAlive(lease.get()) && holds(address, lease.get())) {
      return;
    }
    lease = Optional.of(grant(ttl));
    JsonObject put =
        new JsonObject()
            .put("key", base64(place.key(address)))
            .put("value", base64(address))
            .put("lease", lease.get());
    http.ask(Question.post("/v3/kv/put", put)).orRefused();
  }

  private String grant(Duration ttl) throws InterruptedException {
    JsonObject wish = new JsonObject().put("TTL", Long.toString(Math.max(1, ttl.toSeconds())));
    return http.ask(Question.post("/v3/lease/grant", wish))
        .orRefused()
        .read(granted -> granted.getString("ID").strip());
  }

  /** Keeps it so; a lease that is over has no time left. */
  private boolean isAlive(String id) throws InterruptedException {
    JsonObject keep = new JsonObject().put("ID", id);
    return http.ask(Question.post("/v3/lease/keepalive", keep).untilLine(1))
        .orRefused()
        .read(kept -> kept.getJsonObject("result", new JsonObject()).containsKey("TTL"));
  }

  private boolean holds(String address, String id) throws InterruptedException {
    JsonObject own = new JsonObject().put("key", base64(place.key(address)));
    return http.ask(Question.post(RANGE, own))
        .orRefused()
        .read(
            found ->
                found.getJsonArray("kvs", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .anyMatch(
                        entry ->
                            text(entry.getString("value", "")).equals(address)
                                && id.equals(entry.getString("lease"))));
  }

  @Override
  public void withdraw() throws InterruptedException {
    if (lease.isPresent()) {
      JsonObject revoke = new JsonObject().put("ID", lease.get());
      lease = Optional.empty();
      http.ask(Question.post("/v3/lease/revoke", revoke)).orRefused();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
