package io.dockherd.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** The body of an answer that opened no stream: by length, in chunks, or up to the close. */
final class DeclinedAnswer {
  private final AnswerHead head;
  private final int limitBytes;
  private final EmbeddedChannel decoder = new EmbeddedChannel(new HttpResponseDecoder());
  private final Promise<EngineResponse> whole = Promise.promise();
  private final Buffer body = Buffer.buffer();

  private DeclinedAnswer(AnswerHead head, int limitBytes) {
    this.head = head;
    this.limitBytes = limitBytes;
  }

  /** Reads the answer to its end and closes the connection. */
  static Future<EngineResponse> of(AnswerHead head, DuplexStream connection, int limitBytes) {
    DeclinedAnswer answer = new DeclinedAnswer(head, limitBytes);
    connection.handler(answer::decode);
    connection.endHandler(end -> answer.closed());
    answer.decode(head.bytes());
    connection.resume();
    return answer
        .whole
        .future()
        .onComplete(
            (response, failure) -> {
              connection.close();
              answer.decoder.finishAndReleaseAll();
            });
  }

  private void decode(Buffer bytes) {
    if (whole.future().isComplete()) {
      return;
    }
    // A copy: the decoder releases what it is given, and the head is read twice.
    decoder.writeInbound(((BufferInternal) bytes.copy()).getByteBuf());
    collect();
  }

  private void closed() {
    if (!whole.future().isComplete()) {
      // Without a length the close is the end; with one, the decoder says that it is cut short.
      decoder.finish();
      collect();
      whole.tryFail(new IllegalStateException("Connection was closed"));
    }
  }

  private void collect() {
    for (Object part = decoder.readInbound(); part != null; part = decoder.readInbound()) {
      if (part instanceof HttpContent content) {
        append(content.content());
      }
      boolean isLast = part instanceof LastHttpContent last && last.decoderResult().isSuccess();
      ReferenceCountUtil.release(part);
      if (isLast) {
        whole.tryComplete(new EngineResponse(head.status(), head.headers(), body));
      }
    }
  }

  private void append(ByteBuf bytes) {
    if (body.length() + (long) bytes.readableBytes() > limitBytes) {
      whole.tryFail(new WholeBody.TooLarge(limitBytes));
      return;
    }
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.readBytes(copy);
    body.appendBytes(copy);
  }
}
