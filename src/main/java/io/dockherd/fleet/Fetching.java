package io.dockherd.fleet;

import io.dockherd.failure.TimedOut;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** An image on its way from one node to another, and those who wait for it. */
final class Fetching {
  private final String reference;
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();

  Fetching(String reference) {
    this.reference = reference;
  }

  String reference() {
    return reference;
  }

  /** Tells of its progress from now on; must not wait. */
  void listen(Consumer<JsonObject> listener) {
    listeners.add(listener);
  }

  void tell(JsonObject progress) {
    listeners.forEach(listener -> listener.accept(progress));
  }

  void succeed(String words) {
    end.complete(words);
  }

  void fail(RuntimeException cause) {
    end.completeExceptionally(cause);
  }

  /**
   * Waits for its end; how it ended, in words.
   *
   * @throws io.dockherd.failure.Failure what went wrong
   * @throws TimedOut when the time is over first; it goes on
   */
  String await(TimeLeft left) {
    try {
      return end.get(left.get().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TimedOut(
          reference,
          "the image " + reference + " has not come from the other node in time",
          "it is still being fetched; ask again later or allow more time",
          e);
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(reference, "interrupted while fetching " + reference, "", e);
    }
  }
}
