package io.dockherd.doors.marathon;

import io.dockherd.Await;
import io.dockherd.apps.AppsBench;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Reads server-sent events as they come. */
final class EventReader implements AutoCloseable {
  private final int status;
  private final InputStream stream;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private volatile String lastId = "";
  private volatile boolean isOver;

  /** One of them. */
  record Event(String id, String type, JsonObject data) {}

  EventReader(int status, InputStream stream) {
    this.status = status;
    this.stream = stream;
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String type = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !data.isEmpty()) {
          events.add(new Event(lastId, type, new JsonObject(data)));
          data = "";
        }
      }
    } catch (IOException e) {
      if (!isOver) {
        throw new UncheckedIOException(e);
      }
    } finally {
      isOver = true;
    }
  }

  int status() {
    return status;
  }

  String lastId() {
    return lastId;
  }

  List<Event> all() {
    return events;
  }

  List<String> types() {
    return events.stream().map(Event::type).toList();
  }

  /** Waits for one. */
  Event await(String type, Predicate<JsonObject> which) {
    Await.until(
        () -> type + " among " + events,
        AppsBench.LIMIT,
        () -> events.stream().anyMatch(is(type, which)));
    return events.stream().filter(is(type, which)).findFirst().orElseThrow();
  }

  Event await(String type) {
    return await(type, data -> true);
  }

  private static Predicate<Event> is(String type, Predicate<JsonObject> which) {
    return event -> event.type().equals(type) && which.test(event.data());
  }

  @Override
  public void close() throws IOException {
    isOver = true;
    stream.close();
  }
}
