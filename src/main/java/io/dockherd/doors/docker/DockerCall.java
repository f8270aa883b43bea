package io.dockherd.doors.docker;

import io.dockherd.access.Identity;
import io.dockherd.doors.JsonFault;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Query;
import io.dockherd.doors.RequestIds;
import io.dockherd.engine.ApiVersion;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.HopByHopHeaders;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.Host;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A request to the Docker API, on its way to its {@link Endpoint}.
 *
 * @param open the request as the door has it: identity, request id, headers, the body held back
 * @param version what the client says it speaks; empty when it says nothing
 * @param names what stands in the path for the route's names, in their order: the first is what the
 *     call is about
 * @param query decoded
 */
public record DockerCall(
    OpenCall open, Optional<ApiVersion> version, Map<String, String> names, Query query) {
  /** The longest JSON body; what is longer comes as a stream. */
  public static final int MOST_JSON_BYTES = 4 << 20;

  /**
   * Bodies up to this length are sent to an engine whole: some refuse a chunked body where they
   * take the same with its length (start).
   */
  private static final int WHOLE_UP_TO = 1 << 20;

  /**
   * What is between the caller and this door; the request id is set anew. An engine would pack what
   * it copies for whoever understands that, as the docker command does over TCP: 30 MB a second on
   * one of its cores, where it sends 300 as they are.
   */
  private static final Set<String> OURS =
      Set.of("authorization", "origin", "x-request-id", "accept-encoding");

  public DockerCall {
    Objects.requireNonNull(open, "open");
    Objects.requireNonNull(version, "version");
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    Objects.requireNonNull(query, "query");
  }

  /** Who asks. */
  public Identity who() {
    return open.who();
  }

  /** As they were sent. */
  public MultiMap headers() {
    return open.headers();
  }

  /** What stands in the path for one of the route's names. */
  public String name(String name) {
    return Objects.requireNonNull(names.get(name), name);
  }

  /** Whether the client speaks an API older than that; who says nothing speaks the newest. */
  public boolean isOlderThan(int major, int minor) {
    return version.isPresent() && version.get().compareTo(new ApiVersion(major, minor)) < 0;
  }

  /**
   * The whole body as a JSON object; an empty one when there is no body.
   *
   * @throws Invalid when it is no JSON object
   */
  public JsonObject json() {
    return json(open.body(MOST_JSON_BYTES));
  }

  /** The same of a body that is read already. */
  public static JsonObject json(Buffer body) {
    if (body.length() == 0) {
      return new JsonObject();
    }
    try {
      return body.toJsonObject();
    } catch (DecodeException e) {
      throw new Invalid("body", "invalid JSON: " + JsonFault.of(e), "", e);
    } catch (ClassCastException e) {
      throw new Invalid("body", "invalid JSON: it is no object", "", e);
    }
  }

  /**
   * The same request for an engine: method, query, headers and body as they are, under a path made
   * anew.
   *
   * @param limit how long the head of the answer may take
   * @param segments raw
   */
  public EngineRequest toEngine(Duration limit, String... segments) {
    return toEngine(limit, body(), segments);
  }

  /** The same with another body. */
  public EngineRequest toEngine(Duration limit, EngineRequest.Body body, String... segments) {
    EngineRequest bare = EngineRequest.of(limit, open.method(), segments);
    Map<String, List<String>> headers = HopByHopHeaders.passedOn(headers(), DockerCall::isOurs);
    headers.put(RequestIds.HEADER, List.of(open.requestId()));
    if (body instanceof EngineRequest.Body.Stream && open.bodyBytes() > 0) {
      headers.put("Content-Length", List.of(String.valueOf(open.bodyBytes())));
    }
    return new EngineRequest(open.method(), bare.path(), query.all(), headers, body, limit);
  }

  private static boolean isOurs(String header) {
    String lower = header.toLowerCase(Locale.ROOT);
    return OURS.contains(lower) || lower.startsWith("dockherd-");
  }

  /** Bytes of the request's own type. */
  public EngineRequest.Body body(Buffer bytes) {
    return bytes.length() == 0
        ? new EngineRequest.Body.Empty()
        : new EngineRequest.Body.Bytes(contentType(), bytes);
  }

  private String contentType() {
    String said = headers().get("Content-Type");
    return said == null ? "application/octet-stream" : said;
  }

  private EngineRequest.Body body() {
    if (!open.hasBody()) {
      return new EngineRequest.Body.Empty();
    }
    String type = contentType();
    boolean isShort = open.bodyBytes() >= 0 && open.bodyBytes() <= WHOLE_UP_TO;
    return isShort
        ? new EngineRequest.Body.Bytes(type, open.body(WHOLE_UP_TO))
        : new EngineRequest.Body.Stream(type, open.stream());
  }

  /** Passes it on to a host's engine, under that path, and its answer back, as both stream. */
  public io.dockherd.doors.Reply passOn(Host host, Duration limit, String... segments) {
    EngineRequest request = toEngine(limit, segments);
    return Replies.of(open.whileThere(() -> host.stream(request)));
  }
}
