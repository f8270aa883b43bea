package io.dockherd.herd.links;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Gathers a question's JSON, has it answered on a virtual thread, and sends what comes of it. */
final class RelayQuestions implements RelayHandler {
  private static final Log LOG = Log.of(RelayQuestions.class);

  private final String path;
  private final RelayAnswerer answerer;
  private final int maxBytes;

  RelayQuestions(String path, RelayAnswerer answerer, int maxBytes) {
    this.path = path;
    this.answerer = answerer;
    this.maxBytes = maxBytes;
  }

  @Override
  public void handle(Peer peer, HttpServerRequest request) {
    if (!request.path().equals(path) || request.method() != HttpMethod.POST) {
      request.response().setStatusCode(404).putHeader("connection", "close").end();
      return;
    }
    Context context = Vertx.currentContext();
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() + part.length() > maxBytes) {
            request.connection().close();
          } else {
            body.appendBuffer(part);
          }
        });
    request.exceptionHandler(gone -> LOG.debug("question broken off", "from", peer.node()));
    request.endHandler(
        end ->
            Thread.ofVirtual()
                .name("relay " + path)
                .start(() -> reply(context, request, peer, body)));
  }

  private void reply(Context context, HttpServerRequest request, Peer peer, Buffer body) {
    Reply reply = answer(peer, body);
    Buffer bytes = reply.json().toBuffer();
    context.runOnContext(
        back -> {
          if (!request.response().closed()) {
            request.response().setStatusCode(reply.status()).end(bytes);
          }
        });
  }

  private record Reply(int status, JsonObject json) {}

  private Reply answer(Peer peer, Buffer body) {
    try {
      return new Reply(200, answerer.answer(peer, body.toJsonObject()));
    } catch (Failure failure) {
      return refusal(failure);
    } catch (DecodeException | ClassCastException e) {
      return refusal(new Invalid(path, "the question is not a JSON object", ""));
    } catch (RuntimeException e) {
      LOG.error("relay question failed", e, "path", path, "from", peer.node());
      return refusal(new Refused(path, "the node failed inside: " + e, "its log says more"));
    }
  }

  private static Reply refusal(Failure failure) {
    return new Reply(WireFailure.status(failure), WireFailure.write(failure));
  }
}
