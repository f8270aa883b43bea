package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure.Reason;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.fleet.Hold;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.telemetry.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings one instance up, from nothing to all its containers started: fetches what it needs, makes
 * all containers, then starts them. All are made before any is started, so that what an engine
 * refuses is known before anything runs. Once; on the instance's own thread.
 */
final class Launch {
  private static final Log LOG = Log.of(Launch.class);

  /** How often other ports are chosen when somebody else took one in the same moment. */
  private static final int PORT_TRIES = 5;

  private final Workshop shop;
  private final InstanceKey key;
  private final Revision revision;
  private final PodSpec pod;
  private final Telling telling;
  private final Bell bell;
  private final Consumer<List<ContainerSpec>> known;
  private final long stagedUntil;

  /**
   * @param known told which containers it has, once that is known
   */
  Launch(
      Workshop shop,
      InstanceKey key,
      Revision revision,
      Telling telling,
      Bell bell,
      Consumer<List<ContainerSpec>> known) {
    this.known = known;
    this.shop = shop;
    this.key = key;
    this.revision = revision;
    this.pod = revision.config().pod();
    this.telling = telling;
    this.bell = bell;
    this.stagedUntil = System.nanoTime() + shop.settings().stagingLimit().toNanos();
  }

  /**
   * Does it.
   *
   * @param hold the room kept for it, let go of once the containers show for themselves
   * @throws Ended when it can't be
   * @throws io.dockherd.failure.Unreachable when the engine went: what is made so far is there
   */
  RunningPod run(Hold hold) {
    telling.in(Phase.STAGING, "");
    List<Integer> ports = choose(Set.of());
    Path folder = fetch();
    Set<Integer> passedOver = new HashSet<>();
    for (int tried = 1; ; tried++) {
      try {
        return start(ports, folder, hold);
      } catch (Refused e) {
        if (!isPortTaken(e) || tried == PORT_TRIES || !hasPortsToChoose()) {
          throw e;
        }
        LOG.info("host port taken meanwhile", "instance", key, "reason", e.getMessage());
        passedOver.addAll(ports);
        clearAway();
        ports = choose(passedOver);
      }
    }
  }

  /** In the words of the engines there are. */
  static boolean isPortTaken(Refused refused) {
    String message = refused.getMessage();
    return message.contains("port is already allocated")
        || message.contains("address already in use")
        || message.contains("failed to bind host port");
  }

  private boolean hasPortsToChoose() {
    return pod.ports().stream().map(PortSpec::hostPort).anyMatch(port -> port == 0);
  }

  private List<Integer> choose(Set<Integer> passedOver) {
    List<Integer> ports = shop.ports().choose(key.toString(), pod.ports(), passedOver);
    telling.on(ports);
    return ports;
  }

  private Path fetch() {
    if (pod.artifacts().isEmpty()) {
      return shop.folders().of(key.path(), key.id());
    }
    telling.say("fetching artifacts");
    Path[] folder = new Path[1];
    try {
      bell.interruptibly(
          () ->
              folder[0] =
                  shop.folders().fill(key.path(), key.id(), pod.artifacts(), stagingLeft()));
    } catch (Failure e) {
      // An address that does not answer is no engine that will be back.
      throw Ended.badly(reason(e), e.explanation());
    }
    return folder[0];
  }

  private RunningPod start(List<Integer> ports, Path folder, Hold hold) {
    LateValues late = LateValues.of(shop, key, revision, ports);
    Draft draft = draft(folder, late);
    known.accept(draft.containers());
    if (pod.source() instanceof PodSource.ComposeFiles) {
      shop.folders().note(key.path(), key.id(), Adoption.note(draft.containers()));
    }
    NodeLoad load = shop.load().get();
    String cgroup = shop.cgroups().make(key, pod.resources(), draft.containers().size());
    Blueprint blueprint =
        new Blueprint(shop.fleet().herd(), revision, draft, late, cgroup, load.cpus());
    for (Draft.ImageBuild build : draft.builds()) {
      telling.say("building the image " + build.image());
      bell.interruptibly(() -> shop.builds().build(key, build, stagingLeft()));
    }
    for (ContainerSpec container : blueprint.layout().order()) {
      boolean isBuilt =
          draft.builds().stream().anyMatch(build -> build.image().equals(container.image()));
      if (!isBuilt) {
        telling.say("fetching the image " + container.image());
        shop.images().have(container, bell, this::stagingLeft);
      }
    }
    shop.surroundings().have(draft.networks(), draft.volumes(), blueprint);
    bell.check();
    telling.in(Phase.STARTING, "");
    Map<String, String> ids = make(blueprint, new FolderBinds(folder));
    hold.close();
    RunningPod running =
        new RunningPod(
            shop.engine(),
            revision.config(),
            blueprint.layout(),
            ids,
            telling,
            bell,
            shop.settings().look());
    running.start(shop.settings().startLimit());
    return running;
  }

  private Draft draft(Path folder, LateValues late) {
    if (pod.source() instanceof PodSource.ComposeFiles compose) {
      telling.say("reading " + String.join(", ", compose.files()));
    }
    Draft draft = Draft.of(revision, late, folder, shop.reader());
    telling.notes(draft.note());
    return draft;
  }

  private Map<String, String> make(Blueprint blueprint, FolderBinds binds) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (ContainerSpec container : blueprint.layout().order()) {
      bell.check();
      Blueprint.Part part = blueprint.part(container, ids);
      binds.resolve(part.document());
      String id = shop.engine().create(blueprint.name(container), part.document());
      ids.put(container.name(), id);
      telling.has(ids);
      part.networks().forEach((network, endpoint) -> shop.engine().connect(id, network, endpoint));
      if (!container.files().isEmpty()) {
        shop.engine().put(id, ContainerFiles.tar(container.files()));
      }
    }
    return ids;
  }

  /** What it has made so far goes, so that it can begin anew. */
  void clearAway() {
    shop.engine()
        .containersOf(key.path(), key.id())
        .forEach(container -> shop.engine().remove(container.getString("Id")));
    telling.has(Map.of());
  }

  private Duration stagingLeft() {
    long nanos = stagedUntil - System.nanoTime();
    if (nanos <= 0) {
      throw Ended.badly(
          Reason.TOO_LATE,
          "what it needs was not there within "
              + shop.settings().stagingLimit().toSeconds()
              + " s");
    }
    return Duration.ofNanos(nanos);
  }

  /** Whether a failure while it was brought up is one of time. */
  static Reason reason(RuntimeException cause) {
    return cause instanceof TimedOut ? Reason.TOO_LATE : Reason.NOT_STARTED;
  }
}
