package io.dockherd.system.apps;

import io.dockherd.Await;
import io.dockherd.Thorough;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.herd.records.KeptRecords;
import io.dockherd.herd.records.Record;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.dockherd.lab.Slack;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Everything goes wrong at random while several people change apps at any node; then all is mended.
 * {@code -Ddockherd.seed=N} strikes and writes the same again, as far as a seed decides.
 */
@OnLab
class RandomisedFaultsLabTest {
  private static final Duration ROUND = Duration.ofSeconds(90);
  private static final Duration WELL_WITHIN = Slack.on(Duration.ofSeconds(15));
  private static final Duration NODE_UP = Duration.ofSeconds(90);
  private static final Path LOGS = Path.of("target", "randomised-faults");

  @Test
  void whatWasAcknowledgedIsSoAndNothingElseIsThere(LabHerd herd) {
    long seed = Long.getLong("dockherd.seed", System.nanoTime());
    for (int round = 0; round < Thorough.or(1, 6); round++) {
      new Round(herd, seed + round).run();
    }
  }

  /** From an empty herd to one that is whole again. */
  private static final class Round {
    private final LabHerd herd;
    private final long seed;
    private final Nemesis nemesis;
    private final int[] hosts;
    private List<AppWrites> writes = List.of();
    private String complaint = "nothing has been looked at";

    Round(LabHerd herd, long seed) {
      this.herd = herd;
      this.seed = seed;
      nemesis = new Nemesis(herd, seed);
      hosts = IntStream.rangeClosed(1, herd.lab().hosts().size()).toArray();
    }

    void run() {
      Map<Integer, Integer> logged = new TreeMap<>();
      for (int host : hosts) {
        logged.put(host, herd.host(host).nodeLog().length());
      }
      try (LabApps apps = new LabApps(herd)) {
        writes =
            List.of(
                writes(apps, LabApps.sleeper("/random/web", 1), 1),
                writes(apps, LabApps.sleeper("/random/api", 1), 2),
                writes(apps, onMajority(LabApps.sleeper("/random/ledger", 1)), 3));
        writes.forEach(AppWrites::begin);
        strikeWhile(writes);
        nemesis.mendAll(NODE_UP);
        Await.until(() -> complaint, WELL_WITHIN, () -> isWell(apps));
        herd.lab().hosts().forEach(LabHost::stopNode);
        requireNothingVanished();
        requireEnough();
        herd.lab().hosts().forEach(LabHost::startNodeAgain);
      } catch (RuntimeException | AssertionError e) {
        keepLogs(logged);
        throw new AssertionError(
            "with -Ddockherd.seed=%d: %s%nwhat was done:%n%s%nwhat was written:%n%s%nlogs are in %s"
                .formatted(
                    seed,
                    e.getMessage(),
                    nemesis.deeds(),
                    writes.stream().map(AppWrites::toString).collect(Collectors.joining("\n")),
                    LOGS),
            e);
      }
    }

    private AppWrites writes(LabApps apps, JsonObject app, int number) {
      return new AppWrites(apps, app, hosts.length, seed * 31 + number);
    }

    private static JsonObject onMajority(JsonObject app) {
      return app.put("labels", new JsonObject().put("io.dockherd.on-split", "majority"));
    }

    private void strikeWhile(List<AppWrites> writing) {
      CountDownLatch over = new CountDownLatch(1);
      List<CompletableFuture<Void>> writers =
          writing.stream().map(one -> repeat(over, one::pause, one::write)).toList();
      CompletableFuture<Void> striking = repeat(over, nemesis::pause, nemesis::strike);
      try {
        striking.get(ROUND.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // It goes on until it is told.
      } catch (ExecutionException e) {
        throw new IllegalStateException("the nemesis stumbled", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } finally {
        over.countDown();
        writers.forEach(CompletableFuture::join);
        striking.join();
      }
    }

    private static CompletableFuture<Void> repeat(
        CountDownLatch over, Supplier<Duration> pause, Runnable work) {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (!over.await(pause.get().toMillis(), TimeUnit.MILLISECONDS)) {
                    work.run();
                  }
                  ended.complete(null);
                } catch (InterruptedException | RuntimeException e) {
                  ended.completeExceptionally(e);
                }
              });
      return ended;
    }

    /** Every node says the same of each app, it was written, and the engines have just that. */
    private boolean isWell(LabApps apps) {
      try {
        complaint =
            writes.stream()
                .flatMap(one -> objection(apps, one).stream())
                .findFirst()
                .or(() -> leftovers(apps))
                .orElse("");
      } catch (UncheckedIOException | AssertionError e) {
        complaint = e.toString();
      }
      return complaint.isEmpty();
    }

    private Optional<String> objection(LabApps apps, AppWrites written) {
      JsonObject shown = apps.app(1, written.id());
      for (int host : hosts) {
        JsonObject other = apps.app(host, written.id());
        if (!other.getString("version").equals(shown.getString("version"))) {
          return Optional.of("host " + host + " says otherwise than host 1: " + other.encode());
        }
        if (!other.getJsonArray("deployments").isEmpty()) {
          return Optional.of("host " + host + " sees a deployment: " + other.encode());
        }
      }
      List<LabApps.Seen> seen = apps.on(written.id(), hosts);
      boolean isExact =
          seen.size() == shown.getInteger("instances")
              && seen.stream().allMatch(LabApps.Seen::isRunning)
              && seen.stream().map(LabApps.Seen::revision).distinct().count() <= 1
              && seen.stream().map(LabApps.Seen::slot).distinct().count() == seen.size();
      return isExact
          ? written.objection(shown)
          : Optional.of("%s is to be %s and is %s".formatted(written.id(), shown, seen));
    }

    private Optional<String> leftovers(LabApps apps) {
      Set<String> ids = writes.stream().map(AppWrites::id).collect(Collectors.toSet());
      List<String> others = new ArrayList<>();
      for (int host : hosts) {
        herd.containersOn(host).stream()
            .filter(one -> !ids.contains(one.getJsonObject("Labels").getString(AppLabel.APP)))
            .forEach(one -> others.add("host " + host + ": " + one.encode()));
      }
      JsonArray queue =
          new JsonObject(apps.send(hosts[0], "GET", "/v2/queue", "").body()).getJsonArray("queue");
      return !others.isEmpty()
          ? Optional.of("containers of nobody: " + others)
          : queue.isEmpty() ? Optional.empty() : Optional.of("the queue is " + queue.encode());
    }

    /** Else the rest would show nothing. */
    private void requireEnough() {
      if (writes.stream().mapToLong(AppWrites::acknowledged).sum() < 2L * writes.size()) {
        throw new AssertionError("hardly any write was acknowledged");
      }
    }

    private void requireNothingVanished() {
      for (AppWrites one : writes) {
        TreeSet<Record> history = new TreeSet<>(Comparator.comparing(Record::version).reversed());
        for (LabHost host : herd.lab().hosts()) {
          history.addAll(KeptRecords.in(host.dataDir()).history("apps" + one.id()));
        }
        List<JsonObject> documents = history.stream().map(Record::value).toList();
        List<String> vanished = one.vanished(documents, conflicts(one.id()));
        if (!vanished.isEmpty()) {
          throw new AssertionError("acknowledged, and nothing is left of it: " + vanished);
        }
      }
    }

    /** When nodes told that two sides had written the app. */
    private List<Instant> conflicts(String id) {
      return herd.lab().hosts().stream()
          .flatMap(host -> host.nodeLog().lines())
          .filter(line -> line.contains("two sides had written the same record"))
          .filter(line -> line.contains(" key=apps" + id + " "))
          .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
          .toList();
    }

    private void keepLogs(Map<Integer, Integer> logged) {
      try {
        Files.createDirectories(LOGS);
        for (int host : hosts) {
          String log = herd.host(host).nodeLog();
          Files.writeString(LOGS.resolve("host-" + host + ".log"), log.substring(logged.get(host)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
