package io.dockherd.herd.members;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.group.PeerId;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;

/**
 * One process in the herd.
 *
 * <pre>{"peer":"7b0c…","kind":"node","name":"host-1","address":"10.213.0.1",
 *  "groupPort":7411,"busPort":7412,"relayPort":7413,"version":"0.1.0","labels":{"zone":"a"}}</pre>
 *
 * @param peer this life of the process
 * @param kind a node stands beside an engine; a program only uses the bus
 * @param name unique in the herd
 * @param address where the others reach it: an IP address or a host name
 * @param version of the software
 * @param json all of the above and whatever else it says of itself; fields unknown here are kept
 *     and passed on
 */
public record Member(
    PeerId peer,
    Kind kind,
    String name,
    String address,
    int groupPort,
    int busPort,
    int relayPort,
    String version,
    JsonObject json) {
  private static final String[] NAMED = {
    "peer", "kind", "name", "address", "groupPort", "busPort", "relayPort", "version"
  };

  /** What a member is. */
  public enum Kind {
    NODE,
    PROGRAM
  }

  /** The named fields win over what {@code json} says of them; the rest of it stays. */
  public Member {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(version, "version");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a member's name is empty");
    }
    json =
        new JsonObject()
            .put("peer", peer.value())
            .put("kind", kind.name().toLowerCase(Locale.ROOT))
            .put("name", name)
            .put("address", address)
            .put("groupPort", groupPort)
            .put("busPort", busPort)
            .put("relayPort", relayPort)
            .put("version", version)
            .mergeIn(without(json, NAMED));
  }

  private static JsonObject without(JsonObject json, String... fields) {
    JsonObject rest = json.copy();
    for (String field : fields) {
      rest.remove(field);
    }
    return rest;
  }

  /**
   * Reads what {@link #toJson} wrote, by this or another version.
   *
   * @throws Invalid when a field is missing or of a wrong type
   */
  public static Member fromJson(JsonObject json) {
    try {
      return new Member(
          new PeerId(json.getString("peer")),
          Kind.valueOf(json.getString("kind", "node").toUpperCase(Locale.ROOT)),
          json.getString("name"),
          json.getString("address"),
          json.getInteger("groupPort", 0),
          json.getInteger("busPort", 0),
          json.getInteger("relayPort", 0),
          json.getString("version", ""),
          json);
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new Invalid("member", "this is no member: " + e.getMessage(), "", e);
    }
  }

  /** As it goes over the wire; a copy. */
  public JsonObject toJson() {
    return json.copy();
  }

  /** The same member saying this of itself too; fields of {@code more} win, but not the peer. */
  public Member saying(JsonObject more) {
    return fromJson(toJson().mergeIn(more).put("peer", peer.value()));
  }

  /** Whether an engine stands beside it. */
  public boolean isNode() {
    return kind == Kind.NODE;
  }
}
