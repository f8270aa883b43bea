package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.HopByHopHeaders;
import io.dockherd.failure.Invalid;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A call to this node's engine as it came over the relay. */
final class RelayedRequest {
  private static final Pattern VERSION = Pattern.compile("/v[0-9]+\\.[0-9]+(/.*)");
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

  private RelayedRequest() {}

  /**
   * The call for the engine.
   *
   * @param prefix where the engine is mounted at the relay: {@code /engine}
   * @throws Invalid when the path climbs, or a number is none
   */
  static EngineRequest of(String prefix, HttpServerRequest request, EngineRequest.Body body) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    request.params().names().forEach(name -> query.put(name, request.params().getAll(name)));
    Map<String, List<String>> headers =
        HopByHopHeaders.passedOn(request.headers(), RelayHeader::isOurs);
    if (body instanceof EngineRequest.Body.Stream && request.getHeader("Content-Length") != null) {
      headers.put("Content-Length", List.of(request.getHeader("Content-Length")));
    }
    return new EngineRequest(
        request.method().name(),
        path(request.path().substring(prefix.length())),
        query,
        headers,
        body,
        limit(request.getHeader(RelayHeader.LIMIT)));
  }

  /** Without the version, which this node's engine gets from this node. */
  static String path(String path) {
    Matcher versioned = VERSION.matcher(path);
    String bare = versioned.matches() ? versioned.group(1) : path;
    String decoded;
    try {
      decoded = URLDecoder.decode(bare.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Invalid(path, "the path can't be decoded", "", e);
    }
    boolean climbs =
        Arrays.stream(decoded.split("/", -1))
            .anyMatch(part -> part.equals("..") || part.equals("."));
    boolean isOdd = decoded.chars().anyMatch(c -> c < ' ' || c == 127);
    if (!bare.startsWith("/") || climbs || isOdd) {
      throw new Invalid(path, "the path leaves its place", "name a container by its id or name");
    }
    return bare;
  }

  private static Duration limit(String header) {
    try {
      return header == null ? DEFAULT_LIMIT : Duration.ofMillis(Long.parseUnsignedLong(header));
    } catch (NumberFormatException e) {
      throw new Invalid(header, "'" + header + "' is no time limit", "", e);
    }
  }
}
