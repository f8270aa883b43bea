package io.dockherd.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import java.util.List;

/**
 * Takes the head of an answer out of what comes over a connection, then leaves the pipeline; what
 * came after the head goes on to the next handler.
 */
final class AnswerHeadReader extends ByteToMessageDecoder {
  private static final int LIMIT_BYTES = 64 << 10;

  private final Promise<AnswerHead> head = Promise.promise();

  /** Where the search for the head's end goes on. */
  private int searched;

  /** The head, once it is there; fails when the connection ends before or no HTTP comes. */
  Future<AnswerHead> head() {
    return head.future();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int length = headLength(in);
    if (length < 0) {
      searched = Math.max(0, in.readableBytes() - 3);
      if (in.readableBytes() > LIMIT_BYTES) {
        fail(context, new IllegalStateException("an endless head"));
      }
      return;
    }
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    try {
      AnswerHead read = AnswerHead.parse(Buffer.buffer(bytes));
      context.pipeline().remove(this);
      head.tryComplete(read);
    } catch (IllegalArgumentException e) {
      fail(context, new IllegalStateException(e.getMessage(), e));
    }
  }

  /** The bytes up to and with the empty line; -1 while it is not there. */
  private int headLength(ByteBuf in) {
    int start = in.readerIndex();
    for (int i = searched; i + 3 < in.readableBytes(); i++) {
      if (in.getByte(start + i) == '\r'
          && in.getByte(start + i + 1) == '\n'
          && in.getByte(start + i + 2) == '\r'
          && in.getByte(start + i + 3) == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private void fail(ChannelHandlerContext context, Exception cause) {
    head.tryFail(cause);
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    head.tryFail(new HttpClosedException("Connection was closed"));
    super.channelInactive(context);
  }
}
