package io.dockherd.herd.keys;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/** Subjects of leaves: for people who look at a certificate; nothing is decided by a member's. */
public final class Subjects {
  /** X.520 allows no more in a common name. */
  private static final int MAX_COMMON_NAME = 64;

  private Subjects() {}

  /** {@code CN=name,OU=unit,O=Dockherd}; without the name where it is too long for one. */
  public static X500Principal of(String name, String unit) {
    String rest = "OU=" + unit + ",O=Dockherd";
    return new X500Principal(
        name.length() > MAX_COMMON_NAME ? rest : "CN=" + escape(name) + "," + rest);
  }

  /** RFC 2253 §2.4: every byte that is not plainly harmless as a hex pair. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      boolean harmless =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '-'
              || c == '_';
      if (harmless) {
        escaped.append(c);
      } else {
        escaped.append('\\').append(HexFormat.of().toHexDigits(octet));
      }
    }
    return escaped.toString();
  }
}
