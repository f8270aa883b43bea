package io.dockherd.herd.group;

import io.dockherd.herd.wire.Malformed;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
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

  /** A message of another protocol passes. */
  void pass(Message message) {}

  /** Sends one; or not, when it is not known where that peer listens. */
  void send(Address to, byte[] signal) {
    if (down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, to)) != null) {
      down_prot.down(message(signal).setDest(to));
    }
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
    if (message.getHeader(getId()) == null) {
      pass(message);
      return super.up(message);
    }
    read(message);
    return null;
  }

  @Override
  public void up(MessageBatch batch) {
    for (Iterator<Message> each = batch.iterator(); each.hasNext(); ) {
      Message message = each.next();
      if (message.getHeader(getId()) == null) {
        pass(message);
      } else {
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
