package io.dockherd.fleet.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks an engine many small things, a few at a time: all at once would crowd out its callers. */
final class InParallel {
  private static final int AT_ONCE = 8;

  private InParallel() {}

  /** The results in the order of {@code items}; the first failure is thrown when all are done. */
  static <T, R> List<R> map(List<T> items, Function<T, R> call) {
    if (items.size() == 1) {
      return List.of(call.apply(items.getFirst()));
    }
    List<R> results = new ArrayList<>(items.size());
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.clamp(items.size(), 1, AT_ONCE), Thread.ofVirtual().factory())) {
      List<Future<R>> calls = new ArrayList<>();
      items.forEach(item -> calls.add(threads.submit(() -> call.apply(item))));
      for (Future<R> one : calls) {
        results.add(one.get());
      }
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return results;
  }
}
