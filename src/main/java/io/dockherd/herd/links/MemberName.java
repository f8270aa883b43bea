package io.dockherd.herd.links;

import io.dockherd.failure.Invalid;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whom a member's certificate speaks for: {@code dockherd:HERD/NODE} among its alternative names,
 * both parts percent-encoded.
 *
 * @param herd the herd's name
 * @param node the member's name
 */
record MemberName(String herd, String node) {
  private static final String SCHEME = "dockherd:";
  private static final int URI_TYPE = 6;
  private static final int MAX_LENGTH = 253;

  MemberName {
    require("herd", herd);
    require("node", node);
  }

  String uri() {
    return SCHEME + encode(herd) + "/" + encode(node);
  }

  /** Reads the name out of a certificate; empty when it holds none, or more than one. */
  static Optional<MemberName> of(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
    if (names == null) {
      return Optional.empty();
    }
    List<String> uris =
        names.stream()
            .filter(name -> name.get(0).equals(URI_TYPE))
            .map(name -> (String) name.get(1))
            .filter(uri -> uri.startsWith(SCHEME))
            .toList();
    return uris.size() == 1 ? parse(uris.getFirst()) : Optional.empty();
  }

  private static Optional<MemberName> parse(String uri) {
    String[] parts = uri.substring(SCHEME.length()).split("/", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(new MemberName(decode(parts[0]), decode(parts[1])));
    } catch (IllegalArgumentException | Invalid e) {
      return Optional.empty();
    }
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static void require(String what, String name) {
    if (name.isBlank()
        || name.length() > MAX_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new Invalid(
          name,
          "'" + name + "' can't be a " + what + "'s name",
          "use 1 to 253 characters, none of them a control character");
    }
  }
}
