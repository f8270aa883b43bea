package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A directory in Consul. An address is a key held by a session, which every {@link #register}
 * renews and whose end deletes the key. A session lives up to twice its time to live, so it is
 * given half.
 */
final class ConsulDirectory implements Directory {
  private static final String KEYS = "/v1/kv/";

  /** What Consul's own clients mark a key with that stands for a lock. */
  private static final String LOCK_FLAG = "3304740253564472344";

  private static final Duration WAIT_MAX = Duration.ofSeconds(15);

  /** Consul adds a sixteenth to what it waits, so that not all who wait return at once. */
  private static final Duration GRACE = Duration.ofSeconds(4);

  private static final Duration SESSION_MIN = Duration.ofSeconds(10);
  private static final Duration SESSION_MAX = Duration.ofDays(1);
  private static final int NOT_FOUND = 404;

  private final StoreHttp http;
  private final StorePlace place;
  private Optional<String> session = Optional.empty();

  ConsulDirectory(StorePlace place) {
    this.place = place;
    this.http = new StoreHttp(place);
  }

  @Override
  public Listing read() throws InterruptedException {
    Answer answer = http.ask(Question.get(directory() + "?recurse=true"));
    long mark = answer.count("X-Consul-Index");
    if (answer.status() == NOT_FOUND) {
      return new Listing(List.of(), mark);
    }
    return new Listing(answer.orRefused().read(JsonArray.class, this::values), mark);
  }

  private List<String> values(JsonArray entries) {
    return entries.stream()
        .map(JsonObject.class::cast)
        .filter(entry -> !place.key("").equals(entry.getString("Key")))
        .map(entry -> text(entry.getString("Value")))
        .limit(VALUES_MAX)
        .toList();
  }

  @Override
  public void awaitChange(Listing since, Duration limit) throws InterruptedException {
    Duration wait = limit.compareTo(WAIT_MAX) < 0 ? limit : WAIT_MAX;
    String query = "?recurse=true&index=" + since.mark() + "&wait=" + wait.toMillis() + "ms";
    Optional<Answer> change =
        http.await(Question.get(directory() + query).within(wait.plus(GRACE)));
    if (change.isPresent() && change.get().status() != NOT_FOUND) {
      change.get().orRefused();
    }
  }

  @Override
  public void register(String address, Duration ttl) throws InterruptedException {
    Optional<Held> held = held(address);
    // A life before this one may still hold the key: its session is as good as a new one.
    Optional<String> found = held.flatMap(Held::session).or(() -> session);
    session = found.isPresent() && renews(found.get()) ? found : Optional.empty();
    if (session.isPresent() && held.equals(Optional.of(new Held(address, session)))) {
      return;
    }
    if (session.isEmpty()) {
      session = Optional.of(create(ttl));
    }
    String query = "?acquire=" + Question.encoded(session.get()) + "&flags=" + LOCK_FLAG;
    Answer answer = http.ask(Question.put(key(address) + query, address)).orRefused();
    if (!answer.text().strip().equals("true")) {
      throw new Refused(
          address, "the store lets another session hold the key of " + address, "wait a while");
    }
  }

  private record Held(String value, Optional<String> session) {}

  private Optional<Held> held(String address) throws InterruptedException {
    Answer answer = http.ask(Question.get(key(address)));
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    return answer
        .orRefused()
        .read(
            JsonArray.class,
            entries -> {
              JsonObject entry = entries.getJsonObject(0);
              return Optional.of(
                  new Held(
                      text(entry.getString("Value")),
                      Optional.ofNullable(entry.getString("Session"))));
            });
  }

  private boolean renews(String id) throws InterruptedException {
    Answer answer = http.ask(Question.put("/v1/session/renew/" + Question.encoded(id), ""));
    return answer.status() != NOT_FOUND && answer.orRefused().isOk();
  }

  private String create(Duration ttl) throws InterruptedException {
    Duration half = ttl.dividedBy(2);
    Duration atLeast = half.compareTo(SESSION_MIN) < 0 ? SESSION_MIN : half;
    Duration time = atLeast.compareTo(SESSION_MAX) > 0 ? SESSION_MAX : atLeast;
    JsonObject wish =
        new JsonObject()
            .put("Name", "dockherd")
            .put("TTL", time.toSeconds() + "s")
            .put("Behavior", "delete")
            .put("LockDelay", "1ms");
    return http.ask(Question.put("/v1/session/create", wish.encode()))
        .orRefused()
        .read(made -> Objects.requireNonNull(made.getString("ID"), "ID"));
  }

  @Override
  public void withdraw() throws InterruptedException {
    if (session.isPresent()) {
      String id = session.get();
      session = Optional.empty();
      http.ask(Question.put("/v1/session/destroy/" + Question.encoded(id), "")).orRefused();
    }
  }

  private String directory() {
    return KEYS + Question.encoded(place.path()) + "/";
  }

  private String key(String address) {
    return KEYS + Question.encoded(place.key(address));
  }

  private static String text(String base64) {
    return base64 == null
        ? ""
        : new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
