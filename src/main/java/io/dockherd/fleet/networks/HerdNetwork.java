package io.dockherd.fleet.networks;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * How a network of the herd is known on an engine: by labels, which are all an engine keeps.
 *
 * <pre>
 * first copy   {"io.dockherd.network":"itself","io.dockherd.network.request":"{\"Driver\":\"bridge\",…}"}
 * others       {"io.dockherd.network":"&lt;id of the first&gt;","io.dockherd.network.request":"…"}
 * </pre>
 *
 * <p>The request is kept because an engine's list does not tell a subnet that was asked for from
 * one the engine chose, and every engine is to choose its own.
 */
public final class HerdNetwork {
  /** Which network of the herd it is a copy of. */
  public static final String LABEL = "io.dockherd.network";

  private static final String REQUEST = "io.dockherd.network.request";
  private static final String ITSELF = "itself";
  private static final Set<String> NOT_KEPT = Set.of("Name", "Labels", "CheckDuplicate");

  private HerdNetwork() {}

  /** What an engine is asked for to make the first copy of it. */
  public static JsonObject first(String name, JsonObject asked) {
    JsonObject kept = asked.copy();
    NOT_KEPT.forEach(kept::remove);
    return marked(kept, name, bare(asked), ITSELF, kept.encode());
  }

  /** What another engine is asked for to make another copy. */
  static JsonObject another(KnownNetwork network) {
    JsonObject labels = labels(network.first().entry());
    String request = text(labels, REQUEST);
    return marked(
        read(request), network.name(), bare(network.first().entry()), network.id(), request);
  }

  /**
   * What an engine is asked for to make it anew when all copies have gone with their nodes.
   *
   * @param entry of one of them; empty when that is of no network of the herd
   */
  public static Optional<JsonObject> again(JsonObject entry) {
    String request = text(labels(entry), REQUEST);
    return id(entry).isEmpty()
        ? Optional.empty()
        : Optional.of(
            marked(read(request), entry.getString("Name", ""), bare(entry), ITSELF, request));
  }

  private static JsonObject marked(
      JsonObject body, String name, JsonObject labels, String id, String request) {
    return body.copy()
        .put("Name", name)
        .put("CheckDuplicate", true)
        .put("Labels", labels.put(LABEL, id).put(REQUEST, request));
  }

  private static JsonObject read(String request) {
    try {
      return new JsonObject(request);
    } catch (DecodeException e) {
      // Somebody has written on it: what the engine does by itself is as good as anything.
      return new JsonObject();
    }
  }

  /** The labels somebody has put on, without those that are ours. */
  public static JsonObject bare(JsonObject entry) {
    JsonObject labels = labels(entry).copy();
    labels.remove(LABEL);
    labels.remove(REQUEST);
    return labels;
  }

  /** All labels of an entry or a request. */
  public static JsonObject labels(JsonObject entry) {
    return entry.getValue("Labels") instanceof JsonObject labels ? labels : new JsonObject();
  }

  /** The id of the network it is a copy of; "" when it is none of the herd. */
  static String id(JsonObject entry) {
    String said = text(labels(entry), LABEL);
    return said.equals(ITSELF) ? entry.getString("Id", "") : said;
  }

  private static String text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text ? text : "";
  }
}
