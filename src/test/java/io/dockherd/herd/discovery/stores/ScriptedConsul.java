package io.dockherd.herd.discovery.stores;

import io.dockherd.herd.discovery.stores.ScriptedServer.Asked;
import io.dockherd.herd.discovery.stores.ScriptedServer.Told;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * As much of Consul's keys and sessions as its documentation says of what we ask: there is no
 * Consul in Debian.
 */
final class ScriptedConsul implements AutoCloseable {
  private record Entry(String value, String session) {}

  private static final String KEYS = "/v1/kv/";
  private static final long WAIT_MILLIS = 30_000;

  private final Map<String, Entry> entries = new TreeMap<>();
  private final Set<String> sessions = new HashSet<>();
  private final ScriptedServer server = new ScriptedServer(this::answer);
  private long index = 5;
  private int made;

  String address() {
    return server.address();
  }

  /** What it was asked that begins so, in order. */
  List<String> asked(String beginning) {
    return server.asked().stream()
        .map(Asked::toString)
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  private synchronized Told answer(Asked asked) {
    URI uri = URI.create(asked.path());
    Map<String, String> query = query(uri.getQuery());
    String path = uri.getPath();
    String session = path.substring(path.lastIndexOf('/') + 1);
    if (path.equals("/v1/session/create")) {
      String id = "session-" + ++made;
      sessions.add(id);
      return Told.ok(new JsonObject().put("ID", id).encode());
    }
    if (path.startsWith("/v1/session/renew/")) {
      return sessions.contains(session)
          ? Told.ok("[{\"ID\":\"" + session + "\"}]")
          : Told.failed(404, "Session id '" + session + "' not found");
    }
    if (path.startsWith("/v1/session/destroy/")) {
      end(session);
      return Told.ok("true");
    }
    String key = path.substring(KEYS.length());
    return asked.method().equals("PUT") ? put(key, asked.body(), query) : get(key, query);
  }

  private static Map<String, String> query(String text) {
    if (text == null) {
      return Map.of();
    }
    return List.of(text.split("&")).stream()
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private Told put(String key, String value, Map<String, String> query) {
    String session = query.get("acquire");
    Entry before = entries.get(key);
    if (!sessions.contains(session)) {
      return Told.failed(500, "invalid session");
    }
    if (before != null && before.session() != null && !before.session().equals(session)) {
      return Told.ok("false");
    }
    entries.put(key, new Entry(value, session));
    changed();
    return Told.ok("true");
  }

  private Told get(String key, Map<String, String> query) {
    awaitChange(Long.parseLong(query.getOrDefault("index", "0")));
    boolean isAll = query.containsKey("recurse");
    JsonArray found = new JsonArray();
    entries.forEach(
        (name, entry) -> {
          if (isAll ? name.startsWith(key) : name.equals(key)) {
            found.add(json(name, entry));
          }
        });
    Map<String, String> headers = Map.of("X-Consul-Index", "" + index);
    return new Told(found.isEmpty() ? 404 : 200, headers, found.isEmpty() ? "" : found.encode());
  }

  private void awaitChange(long seen) {
    long end = System.currentTimeMillis() + WAIT_MILLIS;
    try {
      while (seen == index && System.currentTimeMillis() < end) {
        wait(WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonObject json(String key, Entry entry) {
    byte[] value = entry.value().getBytes(StandardCharsets.UTF_8);
    return new JsonObject()
        .put("Key", key)
        .put("Value", value.length == 0 ? null : Base64.getEncoder().encodeToString(value))
        .put("Session", entry.session());
  }

  private void changed() {
    index++;
    notifyAll();
  }

  private void end(String session) {
    sessions.remove(session);
    entries.values().removeIf(entry -> session.equals(entry.session()));
    changed();
  }

  /** As if nobody had renewed one. */
  synchronized void endSessions() {
    Set.copyOf(sessions).forEach(this::end);
  }

  @Override
  public void close() {
    server.close();
  }
}
