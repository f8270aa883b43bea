package io.dockherd.doors.apps;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.Answer;
import io.dockherd.doors.Clearance;
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
    Clearance clearance = new Clearance(gate, audit, call, route.verb());
    AppsCall request =
        new AppsCall(call, found.subject(), Query.parse(call.query()), bodyBytes, clearance);
    boolean isChange = route.isChange() && !(route.hasDryRun() && request.isDryRun());
    try {
      clearance.admit(route.ruled(found.subject()));
      requireSense(route, request);
      Reply reply = route.endpoint().answer(request);
      if (isChange) {
        clearance.changed("done");
      }
      return reply;
    } catch (RuntimeException e) {
      if (isChange) {
        clearance.changed(outcome(e));
      }
      throw e;
    }
  }

  /** Whoever asks what would be done does not want it done. */
  private static void requireSense(Route route, AppsCall call) {
    if (route.isChange() && !route.hasDryRun() && call.isDryRun()) {
      throw new Invalid(
          "dryRun", "there is no dry run of this: nothing has been done", "ask without dryRun");
    }
  }

  private static String outcome(RuntimeException cause) {
    return switch (cause) {
      case Failure failure -> failure.getClass().getSimpleName();
      case Turned turned -> turned.code();
      default -> "broken";
    };
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
