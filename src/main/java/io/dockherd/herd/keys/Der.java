package io.dockherd.herd.keys;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Writes the few forms of DER (ITU-T X.690) a certificate needs. It only writes: whatever comes
 * from outside is read by the JDK.
 */
final class Der {
  private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'");
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

  /** RFC 5280 §4.1.2.5: through 2049 two digits for the year, from 2050 on four. */
  private static final int FIRST_YEAR_OF_FOUR_DIGITS = 2050;

  private Der() {}

  static byte[] sequence(byte[]... elements) {
    return tagged(0x30, elements);
  }

  static byte[] bool(boolean value) {
    return tagged(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] bits(byte[] value, int unusedBits) {
    return tagged(0x03, new byte[] {(byte) unusedBits}, value);
  }

  static byte[] octets(byte[] value) {
    return tagged(0x04, value);
  }

  /** An object identifier, as {@code 2.5.29.19}. */
  static byte[] identifier(String dotted) {
    String[] arcs = dotted.split("\\.");
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      base128(value, Integer.parseInt(arcs[i]));
    }
    return tagged(0x06, value.toByteArray());
  }

  static byte[] time(Instant when) {
    ZonedDateTime utc = when.atZone(ZoneOffset.UTC);
    return utc.getYear() < FIRST_YEAR_OF_FOUR_DIGITS
        ? tagged(0x17, ascii(UTC_TIME.format(utc)))
        : tagged(0x18, ascii(GENERALIZED_TIME.format(utc)));
  }

  /** {@code [number]} around whole elements. */
  static byte[] explicit(int number, byte[]... elements) {
    return tagged(0xa0 | number, elements);
  }

  /** {@code [number]} in place of a primitive element's own tag. */
  static byte[] implicit(int number, byte[] value) {
    return tagged(0x80 | number, value);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] tagged(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    writeLength(out, length);
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] bytes = BigInteger.valueOf(length).toByteArray();
    int start = bytes[0] == 0 ? 1 : 0;
    out.write(0x80 | (bytes.length - start));
    out.write(bytes, start, bytes.length - start);
  }

  private static void base128(ByteArrayOutputStream out, int arc) {
    int groups = Math.max(1, (38 - Integer.numberOfLeadingZeros(arc)) / 7);
    for (int group = groups - 1; group >= 0; group--) {
      out.write((arc >>> (7 * group) & 0x7f) | (group > 0 ? 0x80 : 0));
    }
  }
}
