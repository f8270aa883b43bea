package io.dockherd.fleet.watch;

import io.dockherd.fleet.requests.NeedsReader;
import io.dockherd.scheduling.Tenant;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container fact, ready to be read often: the engine's list entry as bytes with a gap where its
 * {@code Status} belongs, so that listing is copying.
 *
 * <pre>
 * {"created":1774000000123456789,"status":{…},"asks":{…},
 *  "entry":{"Id":"4f1…","Names":["/web"],…,"Status":""}}</pre>
 *
 * @see ContainerStatus the form of {@code status}
 * @see NeedsReader the form of {@code asks}
 */
public final class KnownContainer {
  /** The label of all that Dockherd makes; its value is the herd's name. */
  public static final String HERD_LABEL = "io.dockherd.herd";

  /** The label that holds the one create call a container came from. */
  public static final String CREATION_LABEL = "io.dockherd.creation";

  /** The label that holds the id of the lost container another was made for. */
  public static final String REPLACES_LABEL = "io.dockherd.replaces";

  private final String id;
  private final List<String> names;
  private final String image;
  private final String creation;
  private final long createdNanos;
  private final ContainerStatus status;
  private final Tenant tenant;
  private final byte[] head;
  private final byte[] tail;

  private KnownContainer(JsonObject fact) {
    JsonObject entry = fact.getJsonObject("entry");
    this.id = entry.getString("Id");
    this.names = plainNames(entry);
    this.image = entry.getString("Image", "");
    JsonObject labels = entry.getJsonObject("Labels");
    this.creation = labels == null ? "" : labels.getString(CREATION_LABEL, "");
    this.createdNanos = fact.getLong("created");
    this.status = ContainerStatus.of(fact.getJsonObject("status"));
    this.tenant =
        new Tenant(
            id,
            names,
            texts(labels),
            NeedsReader.needs(fact.getJsonObject("asks", new JsonObject()), entry),
            !status.isOccupying());
    StringBuilder before = new StringBuilder("{");
    StringBuilder after = new StringBuilder();
    StringBuilder side = before;
    for (Map.Entry<String, Object> field : entry) {
      side.append(side == before && side.length() == 1 ? "" : ",");
      side.append(Json.encode(field.getKey())).append(':');
      if (field.getKey().equals("Status")) {
        side.append('"');
        side = after.append('"');
      } else {
        side.append(Json.encode(field.getValue()));
      }
    }
    this.head = before.toString().getBytes(StandardCharsets.UTF_8);
    this.tail = after.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a fact's value. */
  public static KnownContainer of(Buffer fact) {
    return new KnownContainer(fact.toJsonObject());
  }

  /** Writes a fact's value as far as it is known from the list alone. */
  static Buffer fact(JsonObject entry, ContainerStatus status, long createdNanos) {
    return fact(entry, status, createdNanos, new JsonObject());
  }

  /** The same, but shown as {@code entry}: what it does, and when it was created, stay. */
  public KnownContainer shownAs(JsonObject entry) {
    return of(fact(entry, status, createdNanos));
  }

  /** The same, but with that text as its {@code Status} for good. */
  public KnownContainer saying(String statusText) {
    ContainerStatus said =
        new ContainerStatus(
            status.state(),
            status.startedMillis(),
            status.finishedMillis(),
            status.exitCode(),
            status.health(),
            statusText);
    return of(fact(summary(Instant.EPOCH), said, createdNanos));
  }

  /**
   * Writes a fact's value.
   *
   * @param entry of the engine's list
   * @param asks what it takes of its node, as {@link NeedsReader#kept} has it
   */
  static Buffer fact(JsonObject entry, ContainerStatus status, long createdNanos, JsonObject asks) {
    // Lists of old engines have no Status for some states; the gap must be there all the same.
    JsonObject blank = entry.copy().put("State", status.state()).put("Status", "");
    return new JsonObject()
        .put("created", createdNanos)
        .put("status", status.json())
        .put("asks", asks)
        .put("entry", blank)
        .toBuffer();
  }

  /** In full. */
  public String id() {
    return id;
  }

  /** Without the leading slash, and without the names links to it have. */
  public List<String> names() {
    return names;
  }

  /** As it was named when it was created. */
  public String image() {
    return image;
  }

  /** Which create call of ours it came from; "" when none. */
  public String creation() {
    return creation;
  }

  /** The id of the lost container it was made for; "" when for none. */
  public String replaces() {
    return tenant.labels().getOrDefault(REPLACES_LABEL, "");
  }

  /** When it was created, in nanoseconds since 1970, by its engine's clock. */
  public long createdNanos() {
    return createdNanos;
  }

  /** What it does. */
  public ContainerStatus status() {
    return status;
  }

  /** As others are placed by it. */
  public Tenant tenant() {
    return tenant;
  }

  /** The engine's list entry at that moment, parsed. */
  public JsonObject summary(Instant now) {
    byte[] text = text(status.text(now));
    byte[] whole = new byte[head.length + text.length + tail.length];
    write(text, whole, 0);
    return new JsonObject(Buffer.buffer(whole));
  }

  /** A JSON array of the list entries at that moment, in the order given. */
  public static Buffer list(List<KnownContainer> containers, Instant now) {
    byte[][] texts = new byte[containers.size()][];
    int size = 2;
    for (int i = 0; i < texts.length; i++) {
      KnownContainer container = containers.get(i);
      texts[i] = text(container.status.text(now));
      size += container.head.length + texts[i].length + container.tail.length + 1;
    }
    byte[] whole = new byte[texts.length == 0 ? 2 : size - 1];
    int at = 0;
    whole[at++] = '[';
    for (int i = 0; i < texts.length; i++) {
      if (i > 0) {
        whole[at++] = ',';
      }
      at = containers.get(i).write(texts[i], whole, at);
    }
    whole[at] = ']';
    return Buffer.buffer(whole);
  }

  private int write(byte[] text, byte[] target, int at) {
    System.arraycopy(head, 0, target, at, head.length);
    System.arraycopy(text, 0, target, at + head.length, text.length);
    int end = at + head.length + text.length;
    System.arraycopy(tail, 0, target, end, tail.length);
    return end + tail.length;
  }

  /** The text as it stands between the quotes of a JSON string. */
  private static byte[] text(String text) {
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 127 && c != '"' && c != '\\');
    if (plain) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    String quoted = Json.encode(text);
    return quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.UTF_8);
  }

  /** What a seal says: of which create call the container of that name is. */
  public static String seal(String creation, String name) {
    return creation + "/" + name;
  }

  /**
   * Whether a container is the very one its seal was put on. Labels are inherited: by images that
   * are committed of a container, and so by whatever is run of these, and by copies of a
   * container's configuration. Those come from another create call, or, made at the engine itself,
   * have another name.
   *
   * @param label of the seal
   * @param names of the container, without slashes
   */
  public static boolean isSealed(
      String label, Map<String, String> labels, Collection<String> names) {
    String creation = labels.getOrDefault(CREATION_LABEL, "");
    String seal = labels.getOrDefault(label, "");
    return names.stream().anyMatch(name -> seal.equals(seal(creation, name)));
  }

  private static Map<String, String> texts(JsonObject labels) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (labels != null) {
      labels.forEach(label -> texts.put(label.getKey(), String.valueOf(label.getValue())));
    }
    return texts;
  }

  private static List<String> plainNames(JsonObject entry) {
    JsonArray names = entry.getJsonArray("Names");
    return (names == null ? new JsonArray() : names)
        .stream()
            .map(name -> ((String) name).substring(1))
            .filter(name -> name.indexOf('/') < 0)
            .toList();
  }
}
