package io.dockherd.herd.group;

import io.dockherd.herd.wire.Malformed;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.protocols.FailureDetection.HeartbeatHeader;
import org.jgroups.stack.Protocol;
import org.jgroups.util.MessageBatch;

/**
 * A protocol whose peers send each other short messages of their own: unordered and unreliable, so
 * that nothing which is being delivered or repeated holds them up, and to anybody, in the view or
 * not.
 *
 * <p>They are marked with the library's empty header; whose they are, the protocol's number says.
 */
abstract class Signals extends Protocol {
  private static final Log LOG = Log.of(Signals.class);

  private final Quiet rubbish = new Quiet(Duration.ofSeconds(10));

  /** One has come. Must not wait. */
  abstract void take(Address from, byte[] signal);

  /** Anything has come from that peer, whatever it is. */
  void heard(Address from) {}

  /** Sends one. */
  void send(Address to, byte[] signal) {
    down_prot.down(message(signal).setDest(to));
  }

  /** Sends one to all others of the view. */
  void sendAll(byte[] signal) {
    down_prot.down(message(signal).setFlag(Message.TransientFlag.DONT_LOOPBACK));
  }

  private Message message(byte[] signal) {
    return new BytesMessage(null, signal)
        .setFlag(Message.Flag.OOB)
        .putHeader(getId(), new HeartbeatHeader());
  }

  @Override
  public Object up(Message message) {
    heard(message.getSrc());
    if (message.getHeader(getId()) == null) {
      return super.up(message);
    }
    read(message);
    return null;
  }

  @Override
  public void up(MessageBatch batch) {
    heard(batch.sender());
    for (Iterator<Message> each = batch.iterator(); each.hasNext(); ) {
      Message message = each.next();
      if (message.getHeader(getId()) != null) {
        each.remove();
        read(message);
      }
    }
    if (!batch.isEmpty()) {
      super.up(batch);
    }
  }

  private void read(Message message) {
    int from = message.getOffset();
    try {
      take(
          message.getSrc(),
          Arrays.copyOfRange(message.getArray(), from, from + message.getLength()));
    } catch (Malformed e) {
      rubbish.say(
          alike ->
              LOG.warn(
                  "a message between nodes can't be read",
                  "peer",
                  message.getSrc(),
                  "reason",
                  e.getMessage(),
                  "alike",
                  alike));
    }
  }
}
