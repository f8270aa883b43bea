package io.dockherd.lab;

import io.dockherd.failure.Unreachable;
import io.dockherd.lab.Distribution.Role;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One host of a lab: a name, an address, a Docker engine and, when started, a node; and the ways in
 * which each of these breaks.
 */
public final class LabHost {
  /** Where its node's actions door listens, in clear text. */
  public static final int DOOR_PORT = 8080;

  /** Where its node's Docker door listens, in clear text. */
  public static final int DOCKER_PORT = 2375;

  /** Where every node answers for manifests, as Dokkaa's etcd did. */
  public static final int MANIFESTS_PORT = 4001;

  private static final Duration ENGINE_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int GROUP_PORT = 7411;

  /** Constant: everything that varies is an argument. The last mount says that it is all there. */
  private static final String ENTER =
      """
      echo "$1" > /proc/sys/kernel/hostname
      mount --bind "$2/hosts" /etc/hosts
      mount --bind "$2/resolv.conf" /etc/resolv.conf
      mount -t tmpfs -o size=1m,mode=700 "$3" /etc/docker
      exec sleep infinity
      """;

  private final HostPlan plan;
  private final LabNetwork network;
  private final HostProcesses processes;
  private final HostProcess anchor;
  private final HostProcess engine;
  private final HostProcess node;

  LabHost(HostPlan plan, LabNetwork network) {
    this.plan = plan;
    this.network = network;
    this.processes = new HostProcesses(plan);
    this.anchor = new HostProcess(plan, "anchor");
    this.engine = new HostProcess(plan, "engine");
    this.node = new HostProcess(plan, "node");
  }

  HostPlan plan() {
    return plan;
  }

  /** Its host name, and its node's: {@code host-1}. */
  public String name() {
    return plan.name();
  }

  /** Its IP address, reachable from the machine and from the other hosts. */
  public String address() {
    return plan.address();
  }

  /** The unix socket of its engine. */
  public Path engineSocket() {
    return plan.engineSocket();
  }

  /** What its node has written so far. */
  public String nodeLog() {
    try {
      return Files.readString(node.log());
    } catch (IOException e) {
      return "";
    }
  }

  /** Where its node keeps its records, unless it was started with another place. */
  public Path dataDir() {
    return plan.folder().resolve("records");
  }

  /** The pid of its node, if that runs. */
  public OptionalLong nodePid() {
    return node.pid();
  }

  /** Switches it on, as after {@link #kill()}: its engine starts, its node does not. */
  public void boot() {
    if (!anchor.isRunning()) {
      forgetWhatRan();
      anchor.start(
          List.of(
              "nsenter",
              "--net=/run/netns/" + plan.namespace(),
              "unshare",
              "--uts",
              "--mount",
              "sh",
              "-ec",
              ENTER,
              "dockherd-lab",
              name(),
              plan.folder().toString(),
              plan.mark()),
          Map.of());
      anchor.awaitReady(Duration.ofSeconds(5), anchor::isRunning);
    }
    startEngine();
  }

  /** Starts its engine and returns when it answers. */
  public void startEngine() {
    if (!engine.isRunning()) {
      forgetDeadContainerd();
      engine.start(inside(engineCommand()), Map.of());
    }
    EngineSocket socket = new EngineSocket(engineSocket());
    engine.awaitReady(ENGINE_LIMIT, socket::answers);
  }

  /** Ends its engine orderly: it stops its containers. */
  public void stopEngine() {
    engine.stop(STOP_LIMIT);
  }

  /** Ends its engine at once; its containers may go on. */
  public void killEngine() {
    engine.kill();
  }

  /** Its engine still takes connections, but answers nothing. */
  public void freezeEngine() {
    engine.signal("STOP");
  }

  /** Ends {@link #freezeEngine()}. */
  public void thawEngine() {
    engine.signal("CONT");
  }

  /** Whether its engine runs, frozen or not. */
  public boolean runsEngine() {
    return engine.isRunning();
  }

  /**
   * Starts its node and returns at once.
   *
   * @param settings flags beyond what every node of the lab gets; they win over these
   */
  public void startNode(String... settings) {
    startNode(Map.of(), settings);
  }

  /**
   * The same in an environment of its own.
   *
   * @param environment beyond what every process of the lab gets
   */
  public void startNode(Map<String, String> environment, String... settings) {
    if (node.isRunning()) {
      return;
    }
    try {
      Files.writeString(nodeFlags(), new JsonArray(List.of(settings)).encode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> arguments = Stream.concat(usualNodeFlags().stream(), Stream.of(settings)).toList();
    node.start(inside(Distribution.own().command(Role.NODE, arguments)), environment);
  }

  /** Starts its node as it was started last. */
  public void startNodeAgain() {
    try {
      JsonArray flags =
          Files.exists(nodeFlags())
              ? new JsonArray(Files.readString(nodeFlags()))
              : new JsonArray();
      startNode(flags.stream().map(String::valueOf).toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when its node's actions door takes connections. */
  public void awaitNode(Duration limit) {
    node.awaitReady(limit, this::opensDoor);
  }

  /** Ends its node orderly. */
  public void stopNode() {
    node.stop(STOP_LIMIT);
  }

  /** Ends its node at once. */
  public void killNode() {
    node.kill();
  }

  /** Its node keeps all connections, but does nothing. */
  public void freezeNode() {
    node.signal("STOP");
  }

  /** Ends {@link #freezeNode()}. */
  public void thawNode() {
    node.signal("CONT");
  }

  /** Whether its node runs, frozen or not. */
  public boolean runsNode() {
    return node.isRunning();
  }

  /** Kills everything on it at once: node, engine, containers. */
  public void kill() {
    processes.kill();
  }

  /** Whether it is switched on. */
  public boolean isUp() {
    return anchor.isRunning();
  }

  /** Pulls its network cable. */
  public void linkDown() {
    network.pullOut(plan);
  }

  /** Plugs its network cable in again. */
  public void linkUp() {
    network.plugIn(plan);
  }

  /** Runs a program on it to its end. */
  public Invocation run(String... command) {
    return Invocation.of(Invocation.USUAL_LIMIT, inside(List.of(command)));
  }

  void importImage(Path tar) {
    new EngineSocket(engineSocket())
        .importImage(tar, BusyboxImage.REPOSITORY, BusyboxImage.TAG, BusyboxImage.COMMAND);
  }

  /** A command as it is run on it. */
  List<String> inside(List<String> command) {
    long pid =
        anchor
            .pid()
            .orElseThrow(() -> new Unreachable(name(), name() + " is switched off", "boot it"));
    List<String> inside = new ArrayList<>();
    inside.addAll(List.of("nsenter", "--target", "" + pid, "--net", "--uts", "--mount"));
    inside.addAll(command);
    return inside;
  }

  private List<String> engineCommand() {
    Path folder = plan.folder();
    return List.of(
        "dockerd",
        "--host=unix://" + engineSocket(),
        "--data-root=" + folder.resolve("engine"),
        "--exec-root=" + folder.resolve("run"),
        "--pidfile=" + folder.resolve("dockerd.pid"),
        "--cgroup-parent=/" + plan.controlGroup(),
        "--exec-opt=native.cgroupdriver=cgroupfs",
        "--dns=127.0.0.1",
        "--log-level=warn");
  }

  private List<String> usualNodeFlags() {
    return List.of(
        "node",
        "--name=" + name(),
        "--address=" + address(),
        "--group-port=" + GROUP_PORT,
        "--discovery=" + plan.lab().discovery(GROUP_PORT),
        "--engine=unix://" + engineSocket(),
        "--listen-insecure=" + address(),
        "--port=" + DOOR_PORT,
        "--manifests-port=" + MANIFESTS_PORT,
        "--data-dir=" + dataDir(),
        "--artifact-networks=" + plan.lab().network(),
        "--templates-dir=" + plan.lab().home().resolve("templates"),
        "--key-file=" + plan.lab().keyFile());
  }

  private Path nodeFlags() {
    return plan.folder().resolve("node.flags");
  }

  private boolean opensDoor() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address(), DOOR_PORT), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A daemon that was killed leaves the pid of its containerd, and the next one takes that for
   * alive as long as nobody has buried the process.
   */
  private void forgetDeadContainerd() {
    Path file = plan.folder().resolve("run/containerd/containerd.pid");
    try {
      if (Files.exists(file) && !processes.has(Long.parseLong(Files.readString(file).strip()))) {
        Files.delete(file);
      }
    } catch (IOException | NumberFormatException e) {
      throw new Unreachable(name(), "can't read " + file, "", e);
    }
  }

  /** What a real host keeps in memory is gone after it was switched off. */
  private void forgetWhatRan() {
    Invocation.run(
        "rm",
        "-rf",
        "--",
        plan.folder().resolve("run").toString(),
        plan.folder().resolve("dockerd.pid").toString(),
        engineSocket().toString());
  }
}
