package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.ObjectMessage;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.jgroups.util.SeqnoList;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing a peer sends becomes an object it chose. */
class IntakeTest {
  @BeforeAll
  static void confine() {
    Vocabulary.confine();
  }

  @Test
  void bytesComeThrough() throws Exception {
    byte[] payload = {1, 2, 3};
    Message message = read(new BytesMessage(UUID.randomUUID(), payload));
    assertEquals(3, message.getLength());
  }

  @Test
  void bytesAreNeverTakenForAnObject() throws Exception {
    Message message = read(new BytesMessage(UUID.randomUUID(), serialised(new Bomb())));
    assertThrows(IllegalStateException.class, message::getObject);
  }

  @Test
  void whatRetransmissionAsksForComesThrough() throws Exception {
    Message message = read(new ObjectMessage(UUID.randomUUID(), new SeqnoList(10).add(3)));
    SeqnoList list = message.getObject();
    assertEquals(1, list.size());
  }

  @Test
  void anObjectByNumberIsRefused() throws Exception {
    // 20 is the library's wrapper of serialised objects, 18 a call of any method.
    for (short number : new short[] {20, 18, 12, 1}) {
      ByteArrayOutputStream payload = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(payload);
      out.writeByte(1);
      out.writeShort(number);
      byte[] object = serialised(new Bomb());
      out.writeInt(object.length);
      out.write(object);
      assertThrows(IOException.class, () -> object(payload.toByteArray()));
    }
  }

  @Test
  void anObjectByNameIsRefused() throws IOException {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(payload);
    out.writeByte(1);
    out.writeShort(-1);
    out.writeUTF(Bomb.class.getName());
    assertThrows(IOException.class, () -> object(payload.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(shorts = {1, 4, 5, 6, 7, 31, 1000, -1})
  void otherMessagesAreRefused(short type) {
    byte[] frame = {(byte) (type >> 8), (byte) type, 0, 0, 0, 0};
    assertThrows(
        IOException.class, () -> Intake.message(new ByteArrayDataInputStream(frame, 0, 6)));
  }

  private static Message read(Message message) throws Exception {
    ByteArrayDataOutputStream out = new ByteArrayDataOutputStream(512);
    out.writeShort(message.getType());
    message.writeTo(out);
    return Intake.message(new ByteArrayDataInputStream(out.buffer(), 0, out.position()));
  }

  /** A message of an object, with that payload: flags, no addresses, no headers. */
  private static void object(byte[] payload) throws Exception {
    ByteArrayDataOutputStream whole = new ByteArrayDataOutputStream(512);
    Message empty = new ObjectMessage(UUID.randomUUID());
    whole.writeShort(empty.getType());
    empty.writeTo(whole);
    // An empty payload is a single 0: put ours in its place.
    int head = whole.position() - 1;
    byte[] frame = new byte[head + payload.length];
    System.arraycopy(whole.buffer(), 0, frame, 0, head);
    System.arraycopy(payload, 0, frame, head, payload.length);
    Intake.message(new ByteArrayDataInputStream(frame, 0, frame.length));
  }

  private static byte[] serialised(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  /** Fails the test when it is made from bytes. */
  private static final class Bomb implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(java.io.ObjectInputStream in) {
      throw new AssertionError("a peer's object was made: " + in);
    }
  }
}
