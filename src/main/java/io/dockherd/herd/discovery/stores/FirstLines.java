package io.dockherd.herd.discovery.stores;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The first lines of a body that may have no end; the rest is not waited for. */
final class FirstLines implements BodySubscriber<String> {
  private final CompletableFuture<String> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int missing;
  private Subscription rest;

  FirstLines(int lines) {
    missing = lines;
  }

  @Override
  public CompletionStage<String> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    rest = subscription;
    rest.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      while (missing > 0 && bytes.size() < StoreHttp.BYTES_MAX && buffer.hasRemaining()) {
        byte next = buffer.get();
        bytes.write(next);
        missing -= next == '\n' ? 1 : 0;
      }
    }
    if (missing == 0 || bytes.size() >= StoreHttp.BYTES_MAX) {
      rest.cancel();
      onComplete();
    }
  }

  @Override
  public void onError(Throwable thrown) {
    body.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toString(StandardCharsets.UTF_8));
  }
}
