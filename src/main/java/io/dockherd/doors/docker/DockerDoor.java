package io.dockherd.doors.docker;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.Answer;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Query;
import io.dockherd.doors.Reply;
import io.dockherd.doors.StreamingDialect;
import io.dockherd.engine.ApiVersion;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The Docker API over HTTP, for the whole herd: every request to its {@link Endpoint}. */
public final class DockerDoor implements StreamingDialect {
  private final Gate gate;
  private final Audit audit;
  private final Router router;
  private final CommonHeaders headers;

  /**
   * The door to those routes.
   *
   * @param advertised the API version of the herd just now
   */
  public DockerDoor(Gate gate, Audit audit, Supplier<ApiVersion> advertised, List<Route> routes) {
    this.gate = gate;
    this.audit = audit;
    this.router = new Router(routes);
    this.headers = new CommonHeaders(advertised);
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public boolean owns(String method, String path) {
    return true;
  }

  @Override
  public boolean mayUpgrade(String method, String path) {
    return Hijacks.mayBe(method, path);
  }

  @Override
  public Reply answer(OpenCall call) {
    Router.Found found = find(call);
    return headers.on(audited(found.route(), request(call, found)));
  }

  @Override
  public Optional<Future<Reply>> atOnce(OpenCall call) {
    Router.Found found = find(call);
    if (found.route().isChange() || call.hasBody()) {
      return Optional.empty();
    }
    DockerCall request = request(call, found);
    gate.admit(request.who(), found.route().verb(), subject(request));
    return found.route().endpoint().atOnce(request).map(reply -> reply.map(headers::on));
  }

  private Router.Found find(OpenCall call) {
    Router.version(call.path()).ifPresent(DockerDoor::check);
    return router
        .find(call.method(), call.path())
        .orElseThrow(() -> new DockerError(404, "page not found"));
  }

  private static DockerCall request(OpenCall call, Router.Found found) {
    return new DockerCall(call, found.version(), found.names(), Query.parse(call.query()));
  }

  private static String subject(DockerCall call) {
    return call.names().values().stream().findFirst().orElse("");
  }

  @Override
  public Answer failed(String requestId, Throwable cause) {
    return headers.on(DockerErrors.answer(requestId, cause));
  }

  /** In the words of Docker's own middleware: clients show them as they are. */
  private static void check(ApiVersion version) {
    if (version.compareTo(ApiVersion.NEWEST) > 0) {
      throw new DockerError(
          400,
          "client version "
              + version
              + " is too new. Maximum supported API version is "
              + ApiVersion.NEWEST);
    }
    if (version.compareTo(ApiVersion.OLDEST) < 0) {
      throw new DockerError(
          400,
          "client version "
              + version
              + " is too old. Minimum supported API version is "
              + ApiVersion.OLDEST
              + ", please upgrade your client to a newer version");
    }
  }

  private Reply audited(Route route, DockerCall call) {
    String subject = subject(call);
    try {
      gate.admit(call.who(), route.verb(), subject);
      Reply reply = route.endpoint().answer(call);
      audit(route, call, subject, String.valueOf(reply.status()));
      return reply;
    } catch (RuntimeException e) {
      audit(route, call, subject, DockerErrors.outcome(e));
      throw e;
    }
  }

  private void audit(Route route, DockerCall call, String subject, String outcome) {
    if (route.isChange()) {
      audit.changed(call.who(), call.open().requestId(), route.verb(), subject, outcome);
    }
  }
}
