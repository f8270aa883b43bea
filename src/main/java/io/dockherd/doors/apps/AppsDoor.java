package io.dockherd.doors.apps;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.Answer;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Query;
import io.dockherd.doors.Reply;
import io.dockherd.doors.StreamingDialect;
import io.dockherd.doors.Turned;
import io.dockherd.doors.actions.Actions;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The apps of the herd over HTTP. Errors have the one form the actions door's have:
 *
 * <pre>
 * {"status":"error","message":"…","code":"conflict","subject":"/shop/web","requestId":"5f0c…"}
 * </pre>
 */
public final class AppsDoor implements StreamingDialect {
  private static final String PREFIX = "/v1/";

  private final Gate gate;
  private final Audit audit;
  private final List<Route> routes;
  private final int bodyBytes;

  private record Found(Route route, String subject) {}

  /**
   * The door to those apps.
   *
   * @param bodyBytes the longest body it reads
   */
  public AppsDoor(Gate gate, Audit audit, AppsDoorParts parts, int bodyBytes) {
    this.gate = gate;
    this.audit = audit;
    this.routes = parts.routes();
    this.bodyBytes = bodyBytes;
  }

  @Override
  public String name() {
    return "apps";
  }

  @Override
  public boolean owns(String method, String path) {
    return path.startsWith(PREFIX);
  }

  @Override
  public Reply answer(OpenCall call) {
    Found found = find(call);
    Route route = found.route();
    AppsCall request = new AppsCall(call, found.subject(), Query.parse(call.query()), bodyBytes);
    try {
      gate.admit(call.who(), route.verb(), route.ruled(found.subject()));
      Reply reply = route.endpoint().answer(request);
      audit(route, call, found.subject(), "done");
      return reply;
    } catch (Failure e) {
      audit(route, call, found.subject(), e.getClass().getSimpleName());
      throw e;
    } catch (RuntimeException e) {
      audit(route, call, found.subject(), "broken");
      throw e;
    }
  }

  private void audit(Route route, OpenCall call, String subject, String outcome) {
    if (route.isChange()) {
      audit.changed(call.who(), call.requestId(), route.verb(), subject, outcome);
    }
  }

  /** An app may be called what a suffix is called: then its own path, whole, is meant first. */
  private Found find(OpenCall call) {
    String path = decoded(call.path());
    String method = call.method().equals("HEAD") ? "GET" : call.method();
    boolean isThere = false;
    for (Route route : routes) {
      Optional<String> subject = route.subject(path);
      if (subject.isPresent() && route.method().equals(method)) {
        return new Found(route, subject.get());
      }
      isThere |= subject.isPresent();
    }
    throw isThere
        ? new Turned(405, "no-such-method", method + " is nothing that can be done at " + path)
        : new Turned(404, "no-such-path", "nothing is at '" + path + "'");
  }

  private static String decoded(String path) {
    try {
      String plain = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
      return plain.length() > 1 && plain.endsWith("/")
          ? plain.substring(0, plain.length() - 1)
          : plain;
    } catch (IllegalArgumentException e) {
      throw new Invalid(path, "the path can't be decoded: " + path, "", e);
    }
  }

  @Override
  public Answer failed(String requestId, Throwable cause) {
    io.dockherd.doors.actions.Reply reply = Actions.failed(requestId, cause);
    return Answer.json(reply.status(), reply.body());
  }
}
