package io.dockherd.system.apps;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends requests at a constant rate to the instances of an app, in turn, as a load balancer does
 * that asks a node for the app's tasks: only to those that run and are alive. It knows them from a
 * list that is never older than a certain age, so that it is not the machine that is measured.
 */
final class Balancer implements AutoCloseable {
  /** What a server that forks for each can do on a core it shares with all the others. */
  private static final Duration EVERY = Duration.ofMillis(100);

  private static final Duration ASK_EVERY = Duration.ofMillis(100);
  private static final int MOST_TOLD = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LabApps apps;
  private final String id;
  private final Duration oldest;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Set<String> answers = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads;
  private volatile Known known = new Known(0, List.of(), System.nanoTime());

  /** Where instances are, as it was at some moment. */
  private record Known(int host, List<String> endpoints, long atNanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - atNanos);
    }

    @Override
    public String toString() {
      return "%s as host %d said %d ms ago".formatted(endpoints, host, age().toMillis());
    }
  }

  /**
   * One that begins at once.
   *
   * @param oldest how old its list may be
   */
  Balancer(LabApps apps, String id, Duration oldest) {
    this.apps = apps;
    this.id = id;
    this.oldest = oldest;
    ask(1);
    threads =
        List.of(
            Thread.ofPlatform().daemon().name("asks").start(this::ask),
            Thread.ofPlatform().daemon().name("sends").start(this::send));
  }

  /** Each time another node. */
  private void ask() {
    for (int host = 1; !isOver(ASK_EVERY); host = host % 3 + 1) {
      ask(host);
    }
  }

  private void ask(int host) {
    long asked = System.nanoTime();
    try {
      String body = apps.send(host, "GET", "/v2/apps" + id + "/tasks", "").body();
      List<String> alive =
          new JsonObject(body)
              .getJsonArray("tasks").stream()
                  .map(JsonObject.class::cast)
                  .filter(Balancer::isAlive)
                  .map(
                      task ->
                          task.getString("host") + ":" + task.getJsonArray("ports").getInteger(0))
                  .sorted()
                  .toList();
      known = new Known(host, alive, asked);
    } catch (UncheckedIOException e) {
      failures.add("no list: " + e);
    }
  }

  private static boolean isAlive(JsonObject task) {
    JsonArray results = task.getJsonArray("healthCheckResults");
    return task.getString("state").equals("TASK_RUNNING")
        && !results.isEmpty()
        && results.stream().allMatch(result -> ((JsonObject) result).getBoolean("alive"));
  }

  private void send() {
    while (!isOver(EVERY)) {
      Known now = known;
      if (now.age().compareTo(oldest) < 0) {
        long number = sent.getAndIncrement();
        Thread.ofVirtual().start(() -> send(now, number));
      }
    }
  }

  private void send(Known those, long number) {
    List<String> endpoints = those.endpoints();
    if (endpoints.isEmpty()) {
      failures.add("there is nobody to answer");
      return;
    }
    String endpoint = endpoints.get((int) (number % endpoints.size()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + endpoint + "/")).timeout(PATIENCE).build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        answers.add(response.body().strip());
        answered.incrementAndGet();
      } else {
        failures.add(
            "%s %s answers %d, of %s"
                .formatted(Instant.now(), endpoint, response.statusCode(), those));
      }
    } catch (IOException e) {
      failures.add("%s %s: %s, of %s".formatted(Instant.now(), endpoint, e, those));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOver(Duration pause) {
    try {
      return over.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** What went wrong first. */
  List<String> failures() {
    return failures.stream().limit(MOST_TOLD).toList();
  }

  /** How many requests have been answered as they should. */
  long answered() {
    return answered.get();
  }

  /** What has been answered, each once. */
  Set<String> answers() {
    return Set.copyOf(answers);
  }

  @Override
  public void close() {
    over.countDown();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
