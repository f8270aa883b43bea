package io.dockherd.doors.marathon.definition;

import io.dockherd.compose.schema.GoDuration;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of {@code docker run}'s options, as the engine's create document has them. What can't be
 * read is an {@link IllegalArgumentException} with the reason.
 */
final class OptionValue {
  private static final Pattern BYTES = Pattern.compile("(-1|[0-9]{1,15})([bkmg]?)b?");
  private static final Pattern ULIMIT =
      Pattern.compile("([a-z]{2,20})=(-1|[0-9]{1,18})(?::(-1|[0-9]{1,18}))?");
  private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:/(tcp|udp|sctp))?");

  private OptionValue() {}

  static Object flag(String value) {
    return switch (value) {
      case "", "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(value, "no true or false");
    };
  }

  static Object whole(String value) {
    require(value.matches("-?[0-9]{1,18}"), value, "no whole number");
    return Long.parseLong(value);
  }

  static Object nanoCpus(String value) {
    require(value.matches("[0-9]{1,4}(\\.[0-9]{1,9})?"), value, "no number of CPUs");
    return new BigDecimal(value).movePointRight(9).longValue();
  }

  static Object nanos(String value) {
    return GoDuration.parse(value).orElseThrow(() -> wrong(value, "no time like 30s")).toNanos();
  }

  static Object bytes(String value) {
    Matcher matcher = BYTES.matcher(value.toLowerCase());
    require(matcher.matches(), value, "no amount like 512m");
    long number = Long.parseLong(matcher.group(1));
    int shift =
        switch (matcher.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    require(number <= Long.MAX_VALUE >> shift, value, "more than there is");
    return number < 0 ? number : number << shift;
  }

  static Object ulimit(String value) {
    Matcher matcher = ULIMIT.matcher(value);
    require(matcher.matches(), value, "no limit like nofile=1024:2048");
    String hard = matcher.group(3) == null ? matcher.group(2) : matcher.group(3);
    return new JsonObject()
        .put("Name", matcher.group(1))
        .put("Soft", Long.parseLong(matcher.group(2)))
        .put("Hard", Long.parseLong(hard));
  }

  static Object device(String value) {
    String[] parts = value.split(":");
    boolean isSound = parts.length <= 3 && parts[0].startsWith("/");
    require(isSound, value, "no device like /dev/fuse:/dev/fuse:rwm");
    return new JsonObject()
        .put("PathOnHost", parts[0])
        .put("PathInContainer", parts.length > 1 ? parts[1] : parts[0])
        .put("CgroupPermissions", parts.length > 2 ? parts[2] : "rwm");
  }

  static Object pair(String value) {
    require(value.matches("[^:]+:.+"), value, "no pair like name:address");
    return value;
  }

  /** The first part may be a volume's name or a host's folder. */
  static Object bind(String value) {
    require(value.matches("[^:]+:/[^:]*(:[a-zA-Z,]+)?"), value, "nothing like /host:/container:ro");
    return value;
  }

  /** Namespaces of containers somewhere else are none of an app's. */
  static Object namespace(String value) {
    require(
        value.matches("host|private|shareable|none"),
        value,
        "none of host, private, shareable, none");
    return value;
  }

  static String port(String value) {
    Matcher matcher = PORT.matcher(value);
    require(matcher.matches(), value, "no port like 80/tcp");
    return matcher.group(1) + "/" + (matcher.group(2) == null ? "tcp" : matcher.group(2));
  }

  private static void require(boolean isSo, String value, String what) {
    if (!isSo) {
      throw wrong(value, what);
    }
  }

  private static IllegalArgumentException wrong(String value, String what) {
    return new IllegalArgumentException("'" + value + "' is " + what);
  }
}
