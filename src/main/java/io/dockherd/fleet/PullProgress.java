package io.dockherd.fleet;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an engine tells while it pulls: a JSON object a line, in chunks cut anywhere.
 *
 * <pre>
 * {"status":"Downloading","progressDetail":{"current":1,"total":2},"id":"a1"}
 * {"error":"manifest unknown","errorDetail":{…}}</pre>
 *
 * <p>An error comes after a head that said 200: only the lines tell whether it went well.
 */
final class PullProgress {
  private final Set<String> layers = new LinkedHashSet<>();
  private final Set<String> done = new HashSet<>();
  private Buffer rest = Buffer.buffer();
  private String error = "";

  /** More of it. */
  synchronized void read(Buffer chunk) {
    rest.appendBuffer(chunk);
    int start = 0;
    for (int i = 0; i < rest.length(); i++) {
      if (rest.getByte(i) == '\n') {
        line(rest.getString(start, i, StandardCharsets.UTF_8.name()).strip());
        start = i + 1;
      }
    }
    rest = start == 0 ? rest : rest.getBuffer(start, rest.length());
  }

  /** What went wrong; "" when nothing has. */
  synchronized String error() {
    return error;
  }

  /** How far it is: "2 of 5 layers". */
  synchronized String words() {
    return done.size() + " of " + layers.size() + " layers";
  }

  private void line(String text) {
    if (text.isEmpty()) {
      return;
    }
    JsonObject line;
    try {
      line = new JsonObject(text);
    } catch (DecodeException e) {
      // Progress is for people: what can't be read is not worth failing a pull that may go well.
      return;
    }
    error = line.getString("error", error);
    String status = line.getString("status", "");
    String id = line.getString("id", "");
    if (id.isEmpty() || status.startsWith("Pulling from")) {
      return;
    }
    layers.add(id);
    if (status.equals("Pull complete") || status.equals("Already exists")) {
      done.add(id);
    }
  }
}
