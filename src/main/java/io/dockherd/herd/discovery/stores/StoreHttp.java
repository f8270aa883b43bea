package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Questions to a store that speaks HTTP, put to whichever of its servers answers. The JDK's own
 * client: a node finds others before its Vert.x is there, and most nodes need none of this.
 */
final class StoreHttp implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  static final int BYTES_MAX = 4 << 20;
  private static final int SERVER_FAILS = 500;

  private final String scheme;
  private final List<String> servers;
  private final HttpClient http;
  private final AtomicInteger turn = new AtomicInteger();

  StoreHttp(StorePlace place) {
    servers = place.servers();
    scheme = place.tls().isPresent() ? "https" : "http";
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT);
    place.tls().ifPresent(builder::sslContext);
    http = builder.build();
  }

  /**
   * What the first server says that is well enough to; whichever answered last is asked first.
   *
   * @throws Unreachable when none is
   * @throws TimedOut when the last one asked does not answer in time
   */
  Answer ask(Question question) throws InterruptedException {
    return tryEach(question)
        .orElseThrow(
            () ->
                new TimedOut(
                    server(),
                    "the store at " + server() + " does not answer within " + question.limit(),
                    ""));
  }

  /** The same for what takes as long as it takes; empty when the limit passes. */
  Optional<Answer> await(Question question) throws InterruptedException {
    return tryEach(question);
  }

  private Optional<Answer> tryEach(Question question) throws InterruptedException {
    Failure last = null;
    for (int tried = 0; tried < servers.size(); tried++) {
      String server = server();
      try {
        Optional<Answer> answer = ask(server, question);
        if (answer.isEmpty()) {
          turn.incrementAndGet();
          return answer;
        }
        if (answer.get().status() < SERVER_FAILS) {
          return answer;
        }
        last = unreachable(server, "answers " + answer.get().status(), null);
      } catch (IOException e) {
        last = unreachable(server, "can't be reached: " + reason(e), e);
      }
      turn.incrementAndGet();
    }
    throw last;
  }

  private String server() {
    return servers.get(Math.floorMod(turn.get(), servers.size()));
  }

  private static Unreachable unreachable(String server, String what, IOException cause) {
    return new Unreachable(server, "the store at " + server + " " + what, "", cause);
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection"; // The JDK's client says no more.
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private Optional<Answer> ask(String server, Question question)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(scheme + "://" + server + question.path()))
            .header("Content-Type", question.type())
            .method(question.method(), BodyPublishers.ofString(question.body()))
            .build();
    CompletableFuture<HttpResponse<String>> coming = http.sendAsync(request, reading(question));
    try {
      HttpResponse<String> came = coming.get(question.limit().toNanos(), TimeUnit.NANOSECONDS);
      return Optional.of(new Answer(server, came.statusCode(), came.headers(), came.body()));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  private static BodyHandler<String> reading(Question question) {
    return question.lines() == 0
        ? BodyHandlers.limiting(BodyHandlers.ofString(), BYTES_MAX)
        : head -> new FirstLines(question.lines());
  }

  /** Breaks off whatever is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
