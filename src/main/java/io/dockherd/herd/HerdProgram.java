package io.dockherd.herd;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.bus.BusSettings;
import io.dockherd.herd.bus.HerdBus;
import io.dockherd.herd.bus.HerdClusterManager;
import io.dockherd.herd.discovery.Discovery;
import io.dockherd.herd.group.GroupSettings;
import io.dockherd.herd.group.JGroupsGroup;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.LinkTls;
import io.dockherd.herd.links.OwnAddresses;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.members.PresentMembers;
import io.dockherd.telemetry.BuildVersion;
import io.dockherd.telemetry.Log;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A program of one's own on the herd's bus: a member without an engine. It has the herd key, so it
 * is trusted as a node is.
 *
 * <pre>{@code
 * try (HerdProgram program = HerdProgram.join("dockherd", "watcher", KeyFile.read(path),
 *     "nodes://10.0.0.[1:3]", "10.0.0.20")) {
 *   program.vertx().eventBus().consumer("dockherd.events", event -> …);
 * }
 * }</pre>
 */
public final class HerdProgram implements AutoCloseable {
  private static final Log LOG = Log.of(HerdProgram.class);
  private static final Duration ADMISSION_LIMIT = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = 20_000_000;
  private static final int GROUP_PORT = 7411;
  private static final int CLOSING_SECONDS = 5;

  private final JGroupsGroup group;
  private final PresentMembers members;
  private final Vertx vertx;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private HerdProgram(JGroupsGroup group, PresentMembers members, Vertx vertx) {
    this.group = group;
    this.members = members;
    this.vertx = vertx;
  }

  /** Joins on any free ports; see {@link #join(ProgramSettings)}. */
  public static HerdProgram join(
      String herd, String name, HerdKey key, String discovery, String address) {
    return join(ProgramSettings.of(herd, name, key, discovery, address));
  }

  /**
   * Joins a herd; returns when a node answers on the bus. Not to be called on an event loop.
   *
   * <p>Should an older member of its name turn up after a split, the program leaves the herd, and
   * its Vert.x is closed.
   *
   * @throws Conflict when the name is taken
   * @throws Unreachable when no node is met
   */
  public static HerdProgram join(ProgramSettings settings) {
    LinkTls tls =
        new LinkTls(
            settings.key(),
            settings.herd(),
            settings.name(),
            OwnAddresses.of(List.of(settings.address())),
            InstantSource.system());
    JGroupsGroup group =
        new JGroupsGroup(
            GroupSettings.of(
                settings.herd(), new InetSocketAddress(settings.address(), settings.groupPort())),
            Discovery.of(settings.discovery(), settings.herd(), GROUP_PORT),
            Optional.of(tls.sslContext()));
    CompletableFuture<HerdProgram> joined = new CompletableFuture<>();
    PresentMembers members =
        new PresentMembers(
            group,
            self(group, settings),
            PresentMembers.NAME_WAIT,
            taken -> joined.thenAccept(program -> program.lose(taken, settings)));
    HerdClusterManager bus = new HerdClusterManager(group);
    HerdProgram program;
    try {
      group.join();
      members.awaitAdmission(ADMISSION_LIMIT);
      BusSettings ends = BusSettings.of(settings.address(), settings.busPort());
      program = new HerdProgram(group, members, HerdBus.start(bus, ends, tls));
    } catch (RuntimeException e) {
      members.close();
      group.close();
      throw e;
    }
    try {
      awaitNode(bus, settings);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
    joined.complete(program);
    return program;
  }

  private static Member self(JGroupsGroup group, ProgramSettings settings) {
    return new Member(
        group.self(),
        Member.Kind.PROGRAM,
        settings.name(),
        settings.address(),
        settings.groupPort(),
        settings.busPort(),
        0,
        BuildVersion.text(),
        new JsonObject());
  }

  private void lose(Conflict taken, ProgramSettings settings) {
    LOG.error("name lost", taken, "name", settings.name());
    close();
    settings.nameLost().accept(taken);
  }

  /** A program that looked too short a moment starts alone and meets the nodes a little later. */
  private static void awaitNode(HerdClusterManager bus, ProgramSettings settings) {
    long end = System.nanoTime() + settings.meeting().toNanos();
    while (!isServed(bus, settings.herd())) {
      if (System.nanoTime() - end > 0) {
        throw new Unreachable(
            settings.herd(),
            "no node of the herd '"
                + settings.herd()
                + "' was met at "
                + settings.discovery()
                + " within "
                + settings.meeting().toSeconds()
                + " s",
            "is one running there, and has it this key?");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Whether a node answers at the herd's own address. */
  private static boolean isServed(HerdClusterManager bus, String herd) {
    Promise<List<RegistrationInfo>> found = Promise.promise();
    bus.getRegistrations(herd, found);
    List<RegistrationInfo> nodes = found.future().result();
    return nodes != null && !nodes.isEmpty();
  }

  /** A clustered Vert.x on the herd's bus. */
  public Vertx vertx() {
    return vertx;
  }

  /** Who is in the herd. */
  public Members members() {
    return members;
  }

  /** Leaves the herd and closes the Vert.x; once. */
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(CLOSING_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      LOG.warn("the bus did not close well", "reason", e.getCause());
    }
    members.close();
    group.close();
  }
}
