package io.dockherd.fleet.images;

import io.dockherd.failure.Invalid;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image's name as Docker reads it, in the short form engines list: {@code
 * docker.io/library/redis}, {@code library/redis} and {@code redis} are all {@code redis}.
 *
 * <pre>
 * redis                         name redis, tag "", digest ""
 * docker.io/library/redis:6     name redis, tag 6
 * localhost:5000/x/y:1          name localhost:5000/x/y, tag 1
 * redis:6@sha256:9f1c…          name redis, tag 6, digest sha256:9f1c…</pre>
 *
 * @param name with the registry in front where that is not Docker's own
 * @param tag "" when none is said
 * @param digest "" when none is said
 */
public record Reference(String name, String tag, String digest) {
  /** What stands for no tag. */
  public static final String LATEST = "latest";

  /** The longest that can be right: a name, a tag, a digest. */
  private static final int LONGEST = 255 + 1 + 128 + 1 + 256;

  private static final int LONGEST_NAME = 255;
  private static final String DOCKER = "docker.io";
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
              + "(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?"
              + "|\\[[a-fA-F0-9:]+](?::[0-9]+)?");
  private static final Pattern PATH =
      Pattern.compile(
          "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern DIGEST =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /**
   * Reads one.
   *
   * @throws Invalid in Docker's words when it is none
   */
  public static Reference parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      throw malformed(text, "invalid reference format");
    }
    if (ID.matcher(text).matches()) {
      throw malformed(
          text,
          "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings");
    }
    int at = text.indexOf('@');
    String digest = at < 0 ? "" : text.substring(at + 1);
    String tagged = at < 0 ? text : text.substring(0, at);
    int colon = tagged.lastIndexOf(':');
    // A colon before the last slash is a registry's port.
    boolean hasTag = colon > tagged.lastIndexOf('/');
    String tag = hasTag ? tagged.substring(colon + 1) : "";
    String name = familiar(text, hasTag ? tagged.substring(0, colon) : tagged);
    if (hasTag && !TAG.matcher(tag).matches() || at >= 0 && !DIGEST.matcher(digest).matches()) {
      throw malformed(text, "invalid reference format");
    }
    return new Reference(name, tag, digest);
  }

  /** The same, empty when it is none. */
  public static Optional<Reference> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (Invalid e) {
      return Optional.empty();
    }
  }

  private static String familiar(String whole, String name) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasDomain =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
    String domain = hasDomain ? first.replaceFirst("^index\\.docker\\.io$", DOCKER) : DOCKER;
    String path = hasDomain ? name.substring(slash + 1) : name;
    if (!path.equals(path.toLowerCase(java.util.Locale.ROOT))) {
      throw malformed(
          whole, "invalid reference format: repository name (" + path + ") must be lowercase");
    }
    boolean isTooLong = domain.length() + 1 + path.length() > LONGEST_NAME;
    if (isTooLong || !DOMAIN.matcher(domain).matches() || !PATH.matcher(path).matches()) {
      throw malformed(whole, "invalid reference format");
    }
    if (!domain.equals(DOCKER)) {
      return domain + "/" + path;
    }
    String official = path.startsWith("library/") ? path.substring("library/".length()) : path;
    return official.contains("/") ? path : official;
  }

  private static Invalid malformed(String text, String message) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return new Invalid(shown, message, "");
  }

  /** With the tag an engine takes where none is said; one with a digest needs none. */
  public Reference orLatest() {
    return tag.isEmpty() && digest.isEmpty() ? new Reference(name, LATEST, "") : this;
  }

  /** Whether it names exact contents rather than a tag that may move. */
  public boolean isDigested() {
    return !digest.isEmpty();
  }

  /** As an engine's list has it: {@code redis:latest}, {@code redis@sha256:…}. */
  public String listed() {
    return isDigested() ? name + "@" + digest : name + ":" + (tag.isEmpty() ? LATEST : tag);
  }

  /** As it is written, in the short form. */
  @Override
  public String toString() {
    return name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
  }
}
