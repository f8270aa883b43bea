package io.dockherd.access;

import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Who asks, carried by a message over the bus: a door that lets somebody in says so to whoever does
 * the work. Whoever is on the bus is believed, since it holds the herd key; a door that passes a
 * client's headers on puts its own word in the place of the client's.
 */
public final class CarriedIdentity {
  /** The header: {@code {"name":"alice","door":"bridge","origin":"10.1.2.3:4711"}}. */
  public static final String HEADER = "Dockherd-Identity";

  private CarriedIdentity() {}

  /** Has the message carry {@code who}, and nobody else. Returns the same options. */
  public static DeliveryOptions attach(DeliveryOptions options, Identity who) {
    MultiMap headers = options.getHeaders();
    if (headers != null) {
      headers.remove(HEADER);
    }
    return options.addHeader(
        HEADER,
        new JsonObject()
            .put("name", who.name())
            .put("door", who.door())
            .put("origin", who.origin())
            .encode());
  }

  /** Who a message with these headers is from, if it says so. */
  public static Optional<Identity> in(MultiMap headers) {
    String text = headers.get(HEADER);
    if (text == null) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(text);
      return Optional.of(
          new Identity(json.getString("name"), json.getString("door"), json.getString("origin")));
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
