package io.dockherd.doors;

import java.util.regex.Pattern;

/** Tells this machine's own addresses from others by their text, without asking any DNS. */
final class Loopback {
  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Loopback() {}

  /** Whether {@code host} is {@code localhost}, in 127.0.0.0/8, or {@code ::1}. */
  static boolean is(String host) {
    String bare = host.startsWith("[") && host.endsWith("]") ? inner(host) : host;
    return bare.equalsIgnoreCase("localhost")
        || bare.equals("::1")
        || bare.equals("0:0:0:0:0:0:0:1")
        || IPV4.matcher(bare).matches();
  }

  private static String inner(String bracketed) {
    return bracketed.substring(1, bracketed.length() - 1);
  }
}
