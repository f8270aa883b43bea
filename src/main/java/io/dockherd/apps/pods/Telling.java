package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.CheckResult;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.herd.facts.Facts;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What is told of one instance: kept as it is now, and told when that has changed. */
final class Telling {
  private static final long STILL_WELL_MILLIS = 30_000;

  /**
   * After so long it is told for the first time how long it has been well; then after twice that.
   */
  private static final long WELL_FOR_MILLIS = 1_000;

  private final Facts facts;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final AppPath path;
  private final InstanceId id;
  private final RevisionId revision;
  private final String node;
  private final String host;
  private final long stagedMillis;
  private Phase phase = Phase.STAGING;
  private boolean isHealthy;
  private long startedMillis;
  private long wellMillis;
  private long wellNanos;
  private long wellForMillis;
  private List<Integer> ports = List.of();
  private Map<String, String> containers = Map.of();
  private int restarts;
  private List<CheckResult> checks = List.of();
  private String message = "";
  private String note = "";
  private Optional<InstanceFailure> failure = Optional.empty();
  private boolean isRetracted;

  /**
   * @param nanos measures times, as {@link System#nanoTime} does
   */
  Telling(
      Facts facts,
      InstantSource clock,
      LongSupplier nanos,
      AppPath path,
      InstanceId id,
      RevisionId revision,
      String node,
      String host,
      long stagedMillis) {
    this.facts = facts;
    this.clock = clock;
    this.nanos = nanos;
    this.path = path;
    this.id = id;
    this.revision = revision;
    this.node = node;
    this.host = host;
    this.stagedMillis = stagedMillis;
  }

  /** What was told before the node's process ended: that is so still. */
  synchronized void resume(Instance last) {
    phase = last.phase();
    startedMillis = last.startedMillis();
    ports = last.ports();
    containers = last.containers();
    restarts = last.restarts();
    message = last.message();
    failure = last.failure();
    tell();
  }

  synchronized Instance now() {
    return new Instance(
        path,
        id,
        revision,
        node,
        phase,
        isHealthy,
        host,
        stagedMillis,
        startedMillis,
        wellMillis,
        wellForMillis,
        ports,
        containers,
        restarts,
        checks,
        message,
        failure);
  }

  /** It is in that phase, doing or waiting for that. */
  synchronized void in(Phase next, String doing) {
    phase = next;
    message = doing.isEmpty() && next == Phase.RUNNING ? note : doing;
    if (next != Phase.RUNNING) {
      isHealthy = false;
      wellMillis = 0;
      wellForMillis = 0;
    }
    tell();
  }

  /** All its containers have been started. */
  synchronized void runs(long sinceMillis) {
    startedMillis = sinceMillis;
    in(Phase.RUNNING, "");
  }

  /** What it does or waits for; "" when nothing is in its way any more. */
  synchronized void say(String doing) {
    in(phase, doing);
  }

  /** What there is to be said of it while it runs and waits for nothing. */
  synchronized void notes(String text) {
    note = text;
  }

  synchronized void on(List<Integer> hostPorts) {
    ports = List.copyOf(hostPorts);
    tell();
  }

  synchronized void has(Map<String, String> ids) {
    containers = new LinkedHashMap<>(ids);
    tell();
  }

  synchronized void restarted(int times) {
    restarts += times;
    tell();
  }

  /** How well it is just now. */
  synchronized void feels(boolean healthy, List<CheckResult> results) {
    boolean isWell = healthy && phase == Phase.RUNNING;
    if (!isWell) {
      wellMillis = 0;
      wellForMillis = 0;
    } else if (!isHealthy) {
      wellMillis = clock.millis();
      wellNanos = nanos.getAsLong();
    } else {
      goesOnWell();
    }
    isHealthy = isWell;
    if (isNews(results)) {
      checks = List.copyOf(results);
    }
    tell();
  }

  /** Told less and less often, and never less than half of it. */
  private void goesOnWell() {
    long now = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - wellNanos);
    if (now >= Math.max(WELL_FOR_MILLIS, 2 * wellForMillis)) {
      wellForMillis = now;
    }
  }

  /** That all is still well is told now and then: every fact goes to every node. */
  private boolean isNews(List<CheckResult> results) {
    if (results.size() != checks.size()) {
      return true;
    }
    for (int i = 0; i < results.size(); i++) {
      CheckResult before = checks.get(i);
      CheckResult now = results.get(i);
      boolean isStillWell =
          before.isAlive()
              && now.isAlive()
              && before.lastFailureMillis() == now.lastFailureMillis()
              && now.lastSuccessMillis() - before.lastSuccessMillis() < STILL_WELL_MILLIS;
      if (!isStillWell && !before.equals(now)) {
        return true;
      }
    }
    return false;
  }

  synchronized void failed(InstanceFailure why) {
    failure = Optional.of(why);
    in(Phase.FAILED, why.message());
  }

  /** It is there no more. */
  synchronized void retract() {
    isRetracted = true;
    facts.retract(Instance.FACT, Instance.factId(path, id));
  }

  private void tell() {
    if (!isRetracted) {
      facts.tell(Instance.FACT, Instance.factId(path, id), now().json().toBuffer());
    }
  }
}
