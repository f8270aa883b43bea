package io.dockherd.fleet;

import io.dockherd.engine.ApiVersion;
import io.dockherd.engine.Conduit;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Handover;
import io.dockherd.engine.Hijack;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.events.EngineJournal;
import io.dockherd.herd.links.WireFailure;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.telemetry.Log;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The way to this node's engine for the other nodes: takes their calls off the relay and answers
 * with what the engine answered, byte for byte, or with the failure there was instead. One path is
 * no engine's: {@link EngineJournal#PATH}.
 */
public final class RelayDoor {
  /** Where it is mounted at the relay. */
  public static final String PREFIX = "/engine";

  private static final Log LOG = Log.of(RelayDoor.class);

  /**
   * Bodies up to this size are read whole: some engines refuse a chunked body where they take the
   * same with its length (start).
   */
  private static final long WHOLE_UP_TO = 1 << 20;

  private final Members members;
  private final Host local;
  private final EngineJournal journal;

  RelayDoor(Members members, Host local, EngineJournal journal) {
    this.members = members;
    this.local = local;
    this.journal = journal;
  }

  /**
   * Takes a call. To be called on the request's event loop, before its body is read.
   *
   * @param peer the name in the caller's certificate
   */
  public void handle(String peer, HttpServerRequest request) {
    if (request.path().equals(PREFIX + "/_ping")) {
      ping(request.response());
      return;
    }
    String length = request.getHeader("Content-Length");
    String type = request.getHeader("Content-Type");
    boolean isChunked = request.getHeader("Transfer-Encoding") != null;
    String contentType = type == null ? "application/octet-stream" : type;
    if (!isChunked && (length == null || length.equals("0"))) {
      pass(peer, request, new EngineRequest.Body.Empty());
    } else if (!isChunked && isShort(length)) {
      request
          .body()
          .onSuccess(body -> pass(peer, request, new EngineRequest.Body.Bytes(contentType, body)))
          .onFailure(e -> LOG.debug("caller went", "peer", peer, "reason", e));
    } else {
      request.pause();
      pass(peer, request, new EngineRequest.Body.Stream(contentType, request));
    }
  }

  /**
   * The other side asks which version to speak: any, for it is taken off here. With the version in
   * front the same path is the engine's own.
   */
  private static void ping(HttpServerResponse response) {
    response
        .putHeader(RelayHeader.ANSWER, RelayHeader.FROM_ENGINE)
        .putHeader("Api-Version", ApiVersion.NEWEST.toString())
        .end("OK");
  }

  private static boolean isShort(String length) {
    try {
      return Long.parseUnsignedLong(length) <= WHOLE_UP_TO;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void pass(String peer, HttpServerRequest request, EngineRequest.Body body) {
    // In a future from the first step on, so that whatever is thrown is answered too.
    Future.succeededFuture()
        .compose(
            start -> {
              admit(peer);
              return RelayedHijack.isOne(request)
                  ? hijacked(request, body)
                  : streamed(request, body);
            })
        .onFailure(cause -> fail(peer, request, cause));
  }

  private Future<Void> streamed(HttpServerRequest request, EngineRequest.Body body) {
    return opened(RelayedRequest.of(PREFIX, request, body))
        .compose(
            stream -> {
              answer(request, stream);
              return Future.succeededFuture();
            });
  }

  private Future<EngineStream> opened(EngineRequest asked) {
    return asked.path().equals(EngineJournal.PATH)
        ? Handover.of(() -> journal.answer(asked))
        : local.open(asked);
  }

  private Future<Void> hijacked(HttpServerRequest request, EngineRequest.Body body) {
    Context context = Vertx.currentContext();
    return Handover.of(
        () -> {
          hijack(context, request, body);
          return null;
        });
  }

  private void hijack(Context context, HttpServerRequest request, EngineRequest.Body body) {
    switch (local.hijack(RelayedHijack.asked(request, body))) {
      case Hijack.Open open -> RelayedHijack.join(context, request, open);
      case Hijack.Declined(EngineResponse response) -> answer(request, EngineStream.of(response));
    }
  }

  void admit(String peer) {
    if (members.named(peer).filter(Member::isNode).isEmpty()) {
      throw new Refused(
          peer,
          "'" + peer + "' is no node of this herd that is present",
          "see whether both sides see each other as members");
    }
  }

  private static void answer(HttpServerRequest request, EngineStream stream) {
    HttpServerResponse response = request.response();
    boolean hasLength = stream.headTo(response);
    // After the engine's: no word of it can pass for the relay's.
    response.putHeader(RelayHeader.ANSWER, RelayHeader.FROM_ENGINE);
    boolean isBodiless = stream.status() == 204 || stream.status() == 304;
    boolean isOfUnknownLength = !hasLength && !isBodiless;
    response.exceptionHandler(gone -> stream.close());
    response.closeHandler(closed -> stream.close());
    if (isOfUnknownLength && request.getHeader(RelayHeader.WHOLE) != null) {
      OnePiece.bring(stream.body(), response)
          .onComplete(done -> drain(request))
          .onFailure(e -> breakOff(stream, request));
      return;
    }
    response.setChunked(isOfUnknownLength);
    if (isOfUnknownLength) {
      // The head at once: its reader may wait for it long before the first byte follows (wait,
      // logs).
      response.writeHead();
    }
    new Conduit(stream.body())
        .to(response)
        .onComplete(done -> drain(request))
        .onFailure(e -> breakOff(stream, request));
  }

  /** Never ended well: whoever reads it would take what came for everything. */
  private static void breakOff(EngineStream stream, HttpServerRequest request) {
    stream.close();
    request.connection().close();
  }

  /**
   * What is left of a body nobody wanted would stand in the next request's way. Not closed: that
   * could cut off the answer on its way to a caller who still writes. Whoever does not come to an
   * end closes by himself when he has the answer.
   */
  private static void drain(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(unread -> {});
      request.resume();
    }
  }

  private static void fail(String peer, HttpServerRequest request, Throwable cause) {
    if (cause instanceof Failure failure) {
      fail(request, failure);
    } else {
      LOG.error("relayed call failed", cause, "peer", peer, "path", request.path());
      fail(request, new Refused(request.path(), "it failed: " + cause, ""));
    }
  }

  private static void fail(HttpServerRequest request, Failure failure) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      response.reset();
      return;
    }
    response
        .setStatusCode(WireFailure.status(failure))
        .putHeader(RelayHeader.ANSWER, RelayHeader.carrying(failure))
        .end(Buffer.buffer(failure.explanation()))
        .onComplete(done -> drain(request));
  }
}
