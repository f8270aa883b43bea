package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * etcd's v2 keys API, the one classic Swarm spoke: a key has its time to live itself. It is
 * refreshed without a word to those who watch, and written whole when it is gone.
 */
final class EtcdV2 implements Directory {
  private static final String KEYS = "/v2/keys/";
  private static final String INDEX = "X-Etcd-Index";
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;

  private final StoreHttp http;
  private final StorePlace place;
  private Optional<String> registered = Optional.empty();

  EtcdV2(StoreHttp http, StorePlace place) {
    this.http = http;
    this.place = place;
  }

  @Override
  public Listing read() throws InterruptedException {
    Answer answer = http.ask(Question.get(directory() + "?quorum=true"));
    long mark = answer.count(INDEX);
    if (answer.status() == NOT_FOUND) {
      requireKeys(answer);
      return new Listing(List.of(), mark);
    }
    return answer.orRefused().read(found -> new Listing(values(found), mark));
  }

  /** "No such key" comes as JSON; a server without v2 has no such page. */
  private static void requireKeys(Answer answer) {
    if (!answer.text().contains("errorCode")) {
      throw new Refused(
          answer.server(),
          answer.server() + " speaks neither etcd's v3 nor its v2",
          "is it etcd 3.4 or later, or one that was started with --enable-v2?");
    }
  }

  private static List<String> values(JsonObject found) {
    return found.getJsonObject("node").getJsonArray("nodes", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .filter(node -> !node.getBoolean("dir", false))
        .map(node -> node.getString("value", ""))
        .limit(VALUES_MAX)
        .toList();
  }

  @Override
  public void awaitChange(Listing since, Duration limit) throws InterruptedException {
    String wait = "?wait=true&recursive=true&waitIndex=" + (since.mark() + 1);
    Optional<Answer> change = http.await(Question.get(directory() + wait).within(limit));
    // 400: so much has happened since that it remembers no more; whoever asks reads anew then.
    if (change.isPresent() && change.get().status() != BAD_REQUEST) {
      change.get().orRefused();
    }
  }

  @Override
  public void register(String address, Duration ttl) throws InterruptedException {
    String time = "ttl=" + Math.max(1, ttl.toSeconds());
    String own = KEYS + Question.encoded(place.key(address));
    if (registered.isPresent()) {
      String refresh = time + "&refresh=true&prevExist=true&prevValue=" + encoded(address);
      if (http.ask(Question.putForm(own, refresh)).isOk()) {
        return;
      }
    }
    Answer answer = http.ask(Question.putForm(own, time + "&value=" + encoded(address)));
    if (answer.status() == NOT_FOUND) {
      requireKeys(answer);
    }
    answer.orRefused();
    registered = Optional.of(address);
  }

  @Override
  public void withdraw() throws InterruptedException {
    if (registered.isPresent()) {
      String address = registered.get();
      registered = Optional.empty();
      String own = KEYS + Question.encoded(place.key(address));
      http.ask(Question.delete(own + "?prevValue=" + encoded(address)));
    }
  }

  private String directory() {
    return KEYS + Question.encoded(place.path());
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.close();
  }
}
