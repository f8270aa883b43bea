package io.dockherd.herd.keys;

import io.dockherd.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Blocks of text between BEGIN and END lines (RFC 7468). Reading is strict, so that a bundle that
 * was cut short or pasted together is refused instead of half understood; blank lines and lines
 * that start with {@code #} may stand between blocks.
 */
final class Pem {
  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";

  private static final int MAX_LENGTH = 64 * 1024;
  private static final int MAX_BLOCKS = 16;
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {(byte) '\n'});

  private Pem() {}

  /**
   * One block.
   *
   * @param label what stands behind BEGIN
   */
  record Block(String label, byte[] content) {}

  /**
   * Reads all blocks.
   *
   * @throws Invalid when anything else is there, a block isn't closed or isn't base 64
   */
  static List<Block> read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw invalid("is longer than a herd key can be");
    }
    List<Block> blocks = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    String open = "";
    int number = 0;
    for (String raw : text.split("\r\n|\r|\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.startsWith("-----BEGIN ") && line.endsWith("-----")) {
        if (!open.isEmpty() || blocks.size() == MAX_BLOCKS) {
          throw invalid("has one BEGIN too many at line " + number);
        }
        open = label(line, "-----BEGIN ", number);
        body.setLength(0);
      } else if (line.startsWith("-----END ") && line.endsWith("-----")) {
        if (open.isEmpty() || !open.equals(label(line, "-----END ", number))) {
          throw invalid("has an END without its BEGIN at line " + number);
        }
        blocks.add(new Block(open, decode(body, number)));
        open = "";
      } else if (!open.isEmpty()) {
        body.append(line);
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        throw invalid("holds something that is not PEM at line " + number);
      }
    }
    if (!open.isEmpty()) {
      throw invalid("ends in the middle of a block");
    }
    return blocks;
  }

  static String of(X509Certificate certificate) {
    try {
      return write(CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can't be written", e);
    }
  }

  static String of(PrivateKey key) {
    return write(PRIVATE_KEY, key.getEncoded());
  }

  static Invalid invalid(String what) {
    return new Invalid("herd key", "the herd key " + what, HerdKey.REMEDY);
  }

  private static String label(String line, String start, int number) {
    if (line.length() < start.length() + "x-----".length()) {
      throw invalid("has a block without a name at line " + number);
    }
    return line.substring(start.length(), line.length() - "-----".length());
  }

  private static byte[] decode(StringBuilder body, int number) {
    try {
      return Base64.getDecoder().decode(body.toString());
    } catch (IllegalArgumentException e) {
      // Without the cause: its message may quote what is secret.
      throw invalid("has a block that is not base 64 before line " + number);
    }
  }

  private static String write(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + new String(LINES.encode(content), StandardCharsets.US_ASCII)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
