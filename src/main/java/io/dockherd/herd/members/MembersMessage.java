package io.dockherd.herd.members;

import io.dockherd.failure.Invalid;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What members say to each other.
 *
 * <pre>
 * {"type":"member","number":0,"member":{…}}   this is who I am; the highest number counts
 * {"type":"leaving"}                          I am going, it is no loss
 * </pre>
 */
sealed interface MembersMessage {
  /** Told to those newly seen, and to all when it has changed. */
  record WhoIAm(long number, Member member) implements MembersMessage {
    @Override
    public byte[] bytes() {
      return new JsonObject()
          .put("type", "member")
          .put("number", number)
          .put("member", member.toJson())
          .toBuffer()
          .getBytes();
    }
  }

  /** Asked, so that it has been heard before the sender goes. */
  record Leaving() implements MembersMessage {
    @Override
    public byte[] bytes() {
      return new JsonObject().put("type", "leaving").toBuffer().getBytes();
    }
  }

  /** What another version may say. */
  record Unknown(String type) implements MembersMessage {
    @Override
    public byte[] bytes() {
      return new JsonObject().put("type", type).toBuffer().getBytes();
    }
  }

  byte[] bytes();

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws Invalid when it is no such message
   */
  static MembersMessage read(byte[] bytes) {
    try {
      JsonObject json = new JsonObject(Buffer.buffer(bytes));
      String type = json.getString("type", "");
      return switch (type) {
        case "member" ->
            new WhoIAm(
                json.getLong("number", 0L),
                Member.fromJson(json.getJsonObject("member", new JsonObject())));
        case "leaving" -> new Leaving();
        default -> new Unknown(type);
      };
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw new Invalid("members", "not a message between members: " + e.getMessage(), "", e);
    }
  }
}
