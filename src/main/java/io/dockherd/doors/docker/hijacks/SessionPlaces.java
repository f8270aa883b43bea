package io.dockherd.doors.docker.hijacks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which node a builder's session belongs to: that on which its build is placed. Clients open the
 * session first and ask for the build right after, so whoever opens one waits a little for the
 * other. Where it was placed it stays: a stream can't move, and a build elsewhere would wait for it
 * in vain. The latest are remembered.
 */
public final class SessionPlaces {
  private static final int REMEMBERED = 1024;

  private final Map<String, CompletableFuture<String>> nodes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Places it on that node unless it has its place; where it is now. */
  public String place(String session, String node) {
    CompletableFuture<String> place = of(session);
    place.complete(node);
    return place.join();
  }

  /** Where it has been placed. */
  public Optional<String> find(String session) {
    return Optional.ofNullable(of(session).getNow(null));
  }

  /** The node of that session; waits for it as long as the limit says. */
  public Optional<String> await(String session, Duration limit) {
    try {
      return Optional.of(of(session).get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private CompletableFuture<String> of(String session) {
    synchronized (nodes) {
      return nodes.computeIfAbsent(session, fresh -> new CompletableFuture<>());
    }
  }
}
