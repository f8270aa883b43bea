package io.dockherd.doors.actions;

import io.dockherd.failure.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answers of several engines in one:
 *
 * <pre>
 * {"containers":[{"statusCode":201,…,"dockerInstance":"host-1"},
 *                {"error":"timeout","node":"host-2",…}],
 *  "requested":2,"created":1,"failed":1}</pre>
 */
public final class Aggregate {
  private final String noun;
  private final List<Buffer> entries = new ArrayList<>();
  private final Map<String, Object> summary = new LinkedHashMap<>();
  private int worst = 200;
  private int succeeded;

  /** Entries will stand under {@code noun}: containers, images, … */
  public Aggregate(String noun) {
    this.noun = noun;
  }

  /** An engine's answer: {@code reply} is its envelope. */
  public Aggregate add(Reply reply) {
    entries.add(reply.body());
    count(reply.status());
    return this;
  }

  /** A part that failed on {@code node} ("" when on none). */
  public Aggregate add(String node, Failure failure) {
    return add(node, failure, Map.of());
  }

  /** The same with more keys. */
  public Aggregate add(String node, Failure failure, Map<String, Object> more) {
    JsonObject entry = ActionErrors.entry(node, failure);
    more.forEach(entry::put);
    entries.add(entry.toBuffer());
    count(ActionErrors.status(failure));
    return this;
  }

  /** One more key after the entries; clients of the seed do not look there. */
  public Aggregate summary(String key, Object value) {
    summary.put(key, value);
    return this;
  }

  /** How many entries are no errors, neither ours nor the engine's. */
  public int succeeded() {
    return succeeded;
  }

  /** How many entries are errors. */
  public int failed() {
    return entries.size() - succeeded;
  }

  /**
   * The whole; an error by HTTP only when every part failed, for part of a list is still a list.
   */
  public Reply reply() {
    Buffer body = Buffer.buffer("{").appendBuffer(Json.encodeToBuffer(noun)).appendString(":[");
    for (int i = 0; i < entries.size(); i++) {
      body.appendString(i == 0 ? "" : ",").appendBuffer(entries.get(i));
    }
    body.appendString("]");
    summary.forEach(
        (key, value) ->
            body.appendString(",")
                .appendBuffer(Json.encodeToBuffer(key))
                .appendString(":")
                .appendBuffer(Json.encodeToBuffer(value)));
    int status = succeeded == 0 && !entries.isEmpty() ? worst : 200;
    return new Reply(status, body.appendString("}"));
  }

  private void count(int status) {
    if (status < 400) {
      succeeded++;
    } else {
      worst = status;
    }
  }
}
