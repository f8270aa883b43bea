package io.dockherd.herd.group;

import java.io.DataInput;
import java.io.IOException;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.util.AsciiString;
import org.jgroups.util.Digest;
import org.jgroups.util.MessageBatch;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.Util;

/**
 * Reads the library's messages from a frame, and only the kinds our stack sends.
 *
 * <p>The library's own reader would make Java objects of what a message names, among them
 * serialised ones. Here a message holds bytes, nothing, or one of the plain structures the
 * retransmission and the garbage collection of messages need.
 */
final class Intake {
  private static final int BATCH_MAX = 100_000;

  private Intake() {}

  /** One message. */
  static Message message(DataInput in) throws IOException, ClassNotFoundException {
    Message message = empty(in.readShort());
    message.readFrom(in);
    return message;
  }

  /** Many messages of one sender: the regular ones, then those that need no order; or null. */
  static MessageBatch[] batches(DataInput in, boolean multicast)
      throws IOException, ClassNotFoundException {
    Address to = Util.readAddress(in);
    Address from = Util.readAddress(in);
    short nameLength = in.readShort();
    AsciiString name = null;
    if (nameLength >= 0) {
      byte[] bytes = new byte[nameLength];
      in.readFully(bytes);
      name = new AsciiString(bytes);
    }
    int count = in.readInt();
    if (count < 0 || count > BATCH_MAX) {
      throw new IOException("a batch of " + count + " messages");
    }
    MessageBatch[] batches = new MessageBatch[2];
    for (int i = 0; i < count; i++) {
      Message message = empty(in.readShort()).setDest(to).setSrc(from);
      message.readFrom(in);
      boolean unordered = message.isFlagSet(Message.Flag.OOB);
      int which = unordered ? 1 : 0;
      if (batches[which] == null) {
        MessageBatch.Mode mode = unordered ? MessageBatch.Mode.OOB : MessageBatch.Mode.REG;
        batches[which] = new MessageBatch(to, from, name, multicast, mode, count - i);
      }
      batches[which].add(message);
    }
    return batches;
  }

  private static Message empty(short type) throws IOException {
    return switch (type) {
      case Message.BYTES_MSG -> new PlainBytes();
      case Message.EMPTY_MSG -> new EmptyMessage();
      case Message.OBJ_MSG -> new PlainStructure();
      default -> throw new IOException("a message of a type we don't use: " + type);
    };
  }

  /** Bytes that nobody can take for a serialised object. */
  private static final class PlainBytes extends BytesMessage {
    @Override
    public <T> T getObject() {
      throw new IllegalStateException("bytes where a structure was expected");
    }
  }

  /** A structure of one of the known classes. */
  private static final class PlainStructure extends ObjectMessage {
    private static final short SEQNO_LIST = 15;
    private static final short DIGEST = 9;
    private static final short MUTABLE_DIGEST = 10;

    @Override
    public void readPayload(DataInput in) throws IOException, ClassNotFoundException {
      if (in.readByte() == 0) {
        return;
      }
      short type = in.readShort();
      switch (type) {
        case SEQNO_LIST -> {
          SeqnoList list = new SeqnoList();
          list.readFrom(in);
          setObject(list);
        }
        case DIGEST, MUTABLE_DIGEST -> {
          Digest digest = new Digest();
          digest.readFrom(in);
          setObject(digest);
        }
        default -> throw new IOException("a structure of a type we don't use: " + type);
      }
    }
  }
}
