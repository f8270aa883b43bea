package io.dockherd.herd.group;

import io.dockherd.failure.Invalid;
import io.dockherd.telemetry.Log;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;

/**
 * Sends messages to present peers.
 *
 * <p>What peers tell and ask counts against a {@link Window} for each peer and channel, so that one
 * slow participant holds up its own channel only. Answers and grants count against none: there are
 * never more than were asked for.
 */
final class Post {
  private static final Log LOG = Log.of(Post.class);

  private final JChannel library;
  private final Presence presence;
  private final int messageBytesMax;
  private final AtomicLong ids = new AtomicLong();

  Post(JChannel library, Presence presence, int messageBytesMax) {
    this.library = library;
    this.presence = presence;
    this.messageBytesMax = messageBytesMax;
  }

  Collection<Peer> others() {
    return presence.others();
  }

  Optional<Peer> other(PeerId id) {
    return presence.other(id);
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  /**
   * Sends what counts, as soon as there is room.
   *
   * @param limit how long to wait for room; zero to count it whether there is or not
   * @throws Invalid when the message is too long to be accepted
   */
  void sendCounted(
      Peer to, Envelope.Kind kind, long id, String channel, byte[] payload, Duration limit) {
    if (payload.length > messageBytesMax) {
      throw new Invalid(
          channel,
          "a message of " + payload.length + " bytes is longer than " + messageBytesMax,
          "send it over the relay");
    }
    Window window = to.window(channel);
    if (limit.isZero()) {
      window.count(payload.length);
      send(to, kind, id, channel, payload);
    } else if (window.await(payload.length, limit)) {
      send(to, kind, id, channel, payload);
    }
  }

  /** Sends what doesn't count. */
  void send(Peer to, Envelope.Kind kind, long id, String channel, byte[] payload) {
    Envelope whole = new Envelope(kind, false, presence.number(), to.since(), id, channel, payload);
    for (byte[] part : whole.parts()) {
      try {
        library.send(new BytesMessage(to.address(), part));
      } catch (Exception e) {
        // Closed meanwhile: as a message to a peer that has left, it is lost.
        LOG.debug("can't send", "peer", to.id(), "reason", e);
      }
    }
  }

  /** Answers; says so if the answer is too long to be accepted. */
  void answer(Peer to, long id, String channel, Questions.Reply reply) {
    Questions.Reply fit =
        reply.payload().length <= messageBytesMax
            ? reply
            : Questions.failure("the answer is longer than " + messageBytesMax + " bytes");
    send(to, fit.kind(), id, channel, fit.payload());
  }

  /** A message of that peer's is dealt with: tells the peer now and then, so that it may go on. */
  void taken(Peer from, Envelope message) {
    long total = from.window(message.channel()).take(message.payload().length);
    if (total >= 0) {
      byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(total).array();
      send(from, Envelope.Kind.GRANT, 0, message.channel(), payload);
    }
  }
}
