package io.dockherd.apps.pods;

import io.dockherd.apps.health.HealthWatch;
import io.dockherd.apps.health.Prober;
import io.dockherd.apps.model.CheckResult;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Hold;
import io.dockherd.telemetry.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One instance at this node, from being taken on until nothing is left of it:
 *
 * <pre>
 * STAGING → STARTING → RUNNING ─→ STOPPING → gone
 *     └──────────┴──────────┴──→ FAILED or FINISHED → gone, when it is cleared away</pre>
 *
 * <p>All of it happens on one thread of its own, which waits at the {@link Bell}.
 */
final class InstanceRun {
  private static final Log LOG = Log.of(InstanceRun.class);
  private static final int LAST_LINES = 20;

  private final Workshop shop;
  private final InstanceKey key;
  private final Revision revision;
  private final Telling telling;
  private final Farewell farewell;
  private final BringingUp bringingUp;
  private final Runnable gone;
  private final Bell bell = new Bell();
  private final AtomicBoolean isTouched = new AtomicBoolean();
  private volatile boolean isEnded;

  /**
   * @param gone told when nothing is left of it
   */
  InstanceRun(Workshop shop, InstanceKey key, Revision revision, Telling telling, Runnable gone) {
    this.shop = shop;
    this.key = key;
    this.revision = revision;
    this.telling = telling;
    this.gone = gone;
    this.farewell = new Farewell(shop, key, revision, telling, bell);
    this.bringingUp = new BringingUp(shop, key, telling, bell);
  }

  /** Takes it on; returns at once. */
  void begin(Hold hold) {
    telling.in(Phase.STAGING, "");
    thread(
        () ->
            live(
                () -> {
                  try (hold) {
                    return bringingUp.run(() -> launch().run(hold), () -> again(hold));
                  }
                }));
  }

  private Launch launch() {
    return new Launch(shop, key, revision, telling, bell, farewell::knows);
  }

  private RunningPod again(Hold hold) {
    Launch launch = launch();
    launch.clearAway();
    return launch.run(hold);
  }

  /** Takes over what a node before this one had begun; returns at once. */
  void resume(Adoption adoption) {
    Supplier<RunningPod> adopted = () -> adoption.run(telling, bell, farewell::knows);
    thread(() -> live(() -> bringingUp.run(adopted, adopted)));
  }

  /** It has ended, a node before this one had noted: it is told as it was, and waits. */
  void recall(Instance last) {
    isEnded = true;
    telling.resume(last);
  }

  private void thread(Runnable work) {
    Thread.ofVirtual().name("instance " + key).start(work);
  }

  /** Its containers may have changed. */
  void ring() {
    isTouched.set(true);
    bell.ring();
  }

  /** The engine is lost. */
  void missEngine() {
    isTouched.set(true);
    bell.missEngine();
  }

  /** The node goes; what runs runs on. */
  void leave() {
    bell.close();
  }

  Instance now() {
    return telling.now();
  }

  boolean isEnded() {
    return isEnded;
  }

  /** It is to stop and to go; once, however often it is said. */
  synchronized void stop(String reason) {
    boolean isFirst = bell.stop(reason);
    if (isFirst && isEnded) {
      thread(this::clear);
    }
  }

  private synchronized void hasEnded() {
    isEnded = true;
    if (bell.isToStop()) {
      thread(this::clear);
    }
  }

  /** What is left of it goes, for it has ended. */
  private void clear() {
    try {
      farewell.clear();
      gone.run();
    } catch (Bell.Left e) {
      LOG.debug("instance left while it was cleared away", "instance", key);
    }
  }

  private void live(Supplier<RunningPod> start) {
    try {
      watch(start.get());
    } catch (Bell.Stopped e) {
      sayFarewell(e.getMessage());
    } catch (Bell.Left e) {
      LOG.debug("instance left", "instance", key);
    } catch (Ended e) {
      end(e);
    } catch (Failure e) {
      end(Ended.badly(Launch.reason(e), e.explanation()));
    } catch (RuntimeException | Error e) {
      // Nobody else is told of an error on this thread, and an instance must not stay half-way.
      LOG.error("instance broke", e, "instance", key);
      end(Ended.badly(Reason.NOT_STARTED, e.toString()));
    }
  }

  private void sayFarewell(String reason) {
    try {
      farewell.run(reason);
      gone.run();
    } catch (Bell.Left e) {
      LOG.debug("instance left while it stopped", "instance", key);
    }
  }

  private void watch(RunningPod pod) {
    while (true) {
      telling.runs(lastStart(pod).toEpochMilli());
      LOG.info("instance runs", "instance", key, "revision", revision.id());
      try (HealthWatch checks = checks(pod)) {
        checks.start();
        RunningPod.Sight sight = pod.look();
        while (sight != RunningPod.Sight.ENDED_WITH_ENGINE) {
          Optional<String> complaint = checks.complaint();
          if (complaint.isPresent() && sight == RunningPod.Sight.SEEN && pod.isRunning()) {
            throw Ended.badly(Reason.UNHEALTHY, complaint.get());
          }
          tell(pod, checks);
          bell.await(pod.untilDue());
          // A check's answer rings too, and is no reason to ask the engine but when it complains:
          // what ends with its engine does not answer either, and has not failed.
          boolean isDue =
              isTouched.getAndSet(false)
                  || checks.complaint().isPresent()
                  || pod.untilDue().isZero();
          sight = isDue ? pod.look() : sight;
        }
      }
      LOG.info("instance was ended with its engine: starting it again", "instance", key);
      pod.rise(shop.settings().startLimit(), shop.settings().retry());
    }
  }

  private void tell(RunningPod pod, HealthWatch checks) {
    List<CheckResult> results = checks.results();
    telling.feels(pod.isWell() && results.stream().allMatch(CheckResult::isAlive), results);
  }

  private Instant lastStart(RunningPod pod) {
    return pod.parts().stream()
        .flatMap(part -> part.seen().stream())
        .map(ContainerState::started)
        .max(Instant::compareTo)
        .filter(Instant.EPOCH::isBefore)
        .orElseGet(shop.clock()::instant);
  }

  private HealthWatch checks(RunningPod pod) {
    List<Prober.Endpoint> endpoints = new ArrayList<>();
    List<PortSpec> specs = revision.config().pod().ports();
    List<Integer> ports = telling.now().ports();
    for (int i = 0; i < Math.min(ports.size(), specs.size()); i++) {
      endpoints.add(new Prober.Endpoint(address(specs.get(i).hostIp()), ports.get(i)));
    }
    Map<String, String> ids = new LinkedHashMap<>();
    pod.parts().forEach(part -> ids.put(part.name(), part.id()));
    return new HealthWatch(
        revision.config().checks(),
        shop.prober(),
        new Prober.Target(endpoints, ids, pod.layout().primary(), shop.host()),
        shop.clock().instant(),
        shop.clock(),
        bell::ring);
  }

  private String address(String hostIp) {
    boolean isAny = hostIp.isEmpty() || hostIp.equals("0.0.0.0") || hostIp.equals("::");
    return isAny ? shop.host() : hostIp;
  }

  private void end(Ended ended) {
    try {
      if (ended.reason().isEmpty()) {
        telling.in(Phase.FINISHED, "");
        LOG.info("instance finished", "instance", key);
      } else {
        telling.failed(failure(ended));
        LOG.warn("instance failed", "instance", key, "reason", ended.getMessage());
      }
      shop.folders().note(key.path(), key.id(), telling.now().json());
      farewell.quiet();
      hasEnded();
    } catch (Bell.Left e) {
      LOG.debug("instance left as it ended", "instance", key);
    }
  }

  private InstanceFailure failure(Ended ended) {
    return new InstanceFailure(
        key.path(),
        key.id(),
        revision.id(),
        shop.node(),
        shop.host(),
        ended.reason().orElse(Reason.ENDED),
        ended.getMessage(),
        ended.container(),
        ended.exitCode(),
        lastLines(ended.container()),
        shop.clock().millis());
  }

  private List<String> lastLines(String container) {
    String id = telling.now().containers().getOrDefault(container, "");
    try {
      return id.isEmpty() ? List.of() : shop.engine().lastLines(id, LAST_LINES);
    } catch (Failure e) {
      LOG.debug("last lines not read", "instance", key, "reason", e.getMessage());
      return List.of();
    }
  }
}
