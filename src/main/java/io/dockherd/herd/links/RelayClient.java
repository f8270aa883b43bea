package io.dockherd.herd.links;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.members.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The asking half of the relay. */
final class RelayClient {
  private static final int CONNECTIONS_PER_NODE = 32;
  private static final Duration GRACE = Duration.ofMillis(200);

  private final HttpClient client;
  private final RelaySecurity security;
  private final RelaySettings settings;
  private final String self;
  private final OpenQuestions<Answer> open = new OpenQuestions<>();

  RelayClient(Vertx vertx, RelaySecurity security, RelaySettings settings, String self) {
    this.security = security;
    this.settings = settings;
    this.self = self;
    this.client =
        vertx.createHttpClient(
            options(settings), new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_NODE));
  }

  RelayTarget target(Member member) {
    return new RelayTarget(
        member.address(), member.relayPort(), security.towards(member.name()), self);
  }

  JsonObject ask(Member member, String path, JsonObject question, Duration limit) {
    Buffer body = question.toBuffer();
    if (body.length() > settings.maxQuestionBytes()) {
      throw new Invalid(path, "the question is too long for a relay", "");
    }
    // Until there is a connection nothing has been asked, however long it took.
    Future<Answer> asked =
        client
            .request(request(member, path, limit))
            .recover(e -> Future.failedFuture(unreachable(member, e)))
            .compose(request -> request.send(body).compose(answer -> read(answer, member.name())));
    Answer answer =
        Waiting.on(
            open.put(member.peer(), asked),
            limit.plus(GRACE),
            e -> failure(member, limit, e),
            member.name());
    if (answer.status() != 200) {
      throw answer.json().containsKey("failure")
          ? WireFailure.read(answer.json())
          : broken(member.name(), "answered " + answer.status() + " to " + path);
    }
    return answer.json();
  }

  /** Ends all questions to a peer that has gone: no answer will come of them. */
  void giveUp(Member gone) {
    open.end(
        gone.peer(),
        new Unreachable(gone.name(), "node " + gone.name() + " has gone while it was asked", ""));
  }

  void close() {
    client.close();
  }

  private record Answer(int status, JsonObject json) {}

  private static HttpClientOptions options(RelaySettings settings) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setMaxHeaderSize(settings.maxHeadBytes())
            // Shorter than the server's, so that it is never the server that closes first, under a
            // request that is on its way.
            .setKeepAliveTimeout(Math.toIntExact(Math.max(1, settings.idle().toSeconds() / 2)))
            .setConnectTimeout(Math.toIntExact(settings.connect().toMillis()));
    options.setTcpKeepAlive(true);
    return options;
  }

  private RequestOptions request(Member member, String path, Duration limit) {
    RelayTarget target = target(member);
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(target.host())
            .setPort(target.port())
            .setURI(path)
            .setConnectTimeout(Math.min(settings.connect().toMillis(), limit.toMillis()))
            .setIdleTimeout(limit.toMillis())
            .putHeader(Relay.CLAIM, self);
    target
        .tls()
        .ifPresent(
            tls -> {
              tls.setSslHandshakeTimeout(settings.handshake().toMillis());
              tls.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
              options.setSsl(true).setSslOptions(tls);
            });
    return options;
  }

  private Future<Answer> read(HttpClientResponse response, String node) {
    Promise<Answer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.handler(
        part -> {
          if (body.length() + part.length() > settings.maxAnswerBytes()) {
            whole.tryFail(broken(node, "answered more than a relay takes"));
            response.request().reset();
          } else {
            body.appendBuffer(part);
          }
        });
    response.endHandler(
        end -> {
          try {
            JsonObject json = body.length() == 0 ? new JsonObject() : body.toJsonObject();
            whole.tryComplete(new Answer(response.statusCode(), json));
          } catch (DecodeException | ClassCastException e) {
            whole.tryFail(broken(node, "answered something that is not JSON"));
          }
        });
    return whole.future();
  }

  private static Unreachable broken(String node, String what) {
    return new Unreachable(node, "node " + node + " " + what, "is it a node of this herd?");
  }

  private static Failure failure(Member member, Duration limit, Throwable cause) {
    return cause instanceof TimeoutException
        ? new TimedOut(
            member.name(), "node " + member.name() + " did not answer in " + limit, "", cause)
        : unreachable(member, cause);
  }

  private static Unreachable unreachable(Member member, Throwable cause) {
    return new Unreachable(
        member.name(),
        "node "
            + member.name()
            + " can't be reached at "
            + member.address()
            + ": "
            + cause.getMessage(),
        "",
        cause);
  }
}
