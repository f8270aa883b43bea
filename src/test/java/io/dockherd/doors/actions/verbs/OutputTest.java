package io.dockherd.doors.actions.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static Buffer frame(int stream, String text) {
    return Buffer.buffer(new byte[] {(byte) stream, 0, 0, 0})
        .appendInt(Buffer.buffer(text).length())
        .appendString(text);
  }

  @Test
  void framesAreTakenApartInTheirOrder() {
    Buffer raw = frame(1, "out ü\n").appendBuffer(frame(2, "err\n")).appendBuffer(frame(1, ""));
    assertEquals("out ü\nerr\n", Output.text(raw));
  }

  @Test
  void aCharacterCutBetweenFramesIsWhole() {
    byte[] umlaut = "ü".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Buffer raw = Buffer.buffer(new byte[] {1, 0, 0, 0}).appendInt(1).appendByte(umlaut[0]);
    raw.appendBytes(new byte[] {1, 0, 0, 0}).appendInt(1).appendByte(umlaut[1]);
    assertEquals("ü", Output.text(raw));
  }

  @Test
  void aTerminalsOutputIsAsItIs() {
    assertEquals("plain\r\n", Output.text(Buffer.buffer("plain\r\n")));
    assertEquals("", Output.text(Buffer.buffer()));
    assertEquals("\u0001", Output.text(Buffer.buffer("\u0001")));
  }

  @Test
  void aFrameThatWasCutGivesWhatThereIs() {
    Buffer raw = frame(1, "whole\n").appendBuffer(frame(1, "cut here").slice(0, 11));
    assertEquals("whole\ncut", Output.text(raw));
    Buffer inHeader = frame(1, "whole\n").appendBytes(new byte[] {1, 0, 0});
    assertEquals("whole\n", Output.text(inHeader));
  }

  @Test
  void aLengthThatPromisesGigabytesIsJustCut() {
    Buffer raw = Buffer.buffer(new byte[] {1, 0, 0, 0, (byte) 0xff, (byte) 0xff, -1, -1});
    assertEquals("ab", Output.text(raw.appendString("ab")));
  }
}
