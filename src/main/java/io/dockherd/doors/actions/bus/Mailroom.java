package io.dockherd.doors.actions.bus;

import io.dockherd.access.Identity;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.Turned;
import io.dockherd.doors.actions.Actions;
import io.dockherd.doors.actions.Arrival;
import io.dockherd.doors.actions.RequestText;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes messages off the event loop, has them done, and answers every one that wants an answer. */
final class Mailroom {
  private static final Log LOG = Log.of(Mailroom.class);

  private final Actions actions;
  private final AddressWait addresses;
  private final RequestIds ids;
  private final RequestText texts = new RequestText();
  private final Semaphore places;

  Mailroom(Actions actions, AddressWait addresses, RequestIds ids, int maxInWork) {
    this.actions = actions;
    this.addresses = addresses;
    this.ids = ids;
    this.places = new Semaphore(maxInWork);
  }

  /** On the event loop: hands over at once. */
  void take(Message<Object> message, Arrival arrival, Identity who) {
    String id = ids.of(message.headers().get(RequestIds.HEADER));
    Letter letter = new Letter(message);
    if (!places.tryAcquire()) {
      letter.answer(Actions.failed(id, busy()).json());
      return;
    }
    Thread.ofVirtual()
        .name("message-" + id)
        .start(
            () -> {
              try {
                letter.answer(perform(letter, arrival, who, id));
              } finally {
                places.release();
              }
            });
  }

  private JsonObject perform(Letter letter, Arrival arrival, Identity who, String id) {
    try {
      return switch (letter.message.body()) {
        case JsonObject request when AddressWait.ACTION.equals(request.getValue("action")) ->
            addresses.answer(request);
        case JsonObject request -> perform(request, letter, arrival, who, id);
        case String text -> perform(texts.parse(Buffer.buffer(text)), letter, arrival, who, id);
        case Buffer text -> perform(texts.parse(text), letter, arrival, who, id);
        case null, default -> perform(texts.parse(Buffer.buffer()), letter, arrival, who, id);
      };
    } catch (RuntimeException | Error e) {
      // Whoever waits is to be told, whatever it was; an answer too long to be taken apart, for
      // one.
      return Actions.failed(id, e).json();
    }
  }

  private JsonObject perform(
      JsonObject request, Letter letter, Arrival arrival, Identity who, String id) {
    return actions.perform(request, arrival, who, id, early -> letter.answer(early.json())).json();
  }

  /** A message and whether it has been answered. */
  private static final class Letter {
    private final Message<Object> message;
    private final AtomicBoolean isAnswered = new AtomicBoolean();

    private Letter(Message<Object> message) {
      this.message = message;
    }

    private void answer(JsonObject reply) {
      if (message.replyAddress() == null) {
        LOG.debug("nobody waits for the answer", "address", message.address());
      } else if (isAnswered.compareAndSet(false, true)) {
        message.reply(reply);
      }
    }
  }

  private static Turned busy() {
    return new Turned(503, "busy", "too many messages in work: try again in a moment");
  }
}
