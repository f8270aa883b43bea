package io.dockherd.lab;

import io.dockherd.failure.Refused;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * N real Docker hosts on one machine. Each has a network namespace on a common bridge, a host name,
 * a Docker daemon with everything of its own, and, once started, a node process. Needs root.
 */
public final class Lab implements AutoCloseable {
  private static final Duration KEY_VALIDITY = Duration.ofDays(30);

  private final LabPlan plan;
  private final LabNetwork network;
  private final List<LabHost> hosts;
  private final Optional<LabLock> lock;

  private Lab(LabPlan plan, Optional<LabLock> lock) {
    this.plan = plan;
    this.network = new LabNetwork(plan);
    this.hosts = plan.hosts().stream().map(host -> new LabHost(host, network)).toList();
    this.lock = lock;
  }

  /**
   * Brings it up: all hosts with running engines that have the image {@code busybox:latest}, no
   * nodes yet. What an earlier lab of the same index left is taken away first.
   *
   * @throws io.dockherd.failure.Conflict when such a lab is up
   */
  public static Lab up(LabPlan plan, Progress progress) {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new Refused(
          "lab", "the lab makes network namespaces and starts Docker daemons", "run it as root");
    }
    Lab lab = new Lab(plan, Optional.of(LabLock.take(plan)));
    try {
      Remains.sweep(plan);
      lab.build(progress);
      return lab;
    } catch (RuntimeException e) {
      boolean interrupted = Thread.interrupted(); // Or nothing that waits would work any more.
      lab.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throw e;
    }
  }

  /**
   * The lab of that index that another process has brought up. Closing it changes nothing.
   *
   * @throws io.dockherd.failure.NotFound when it is not up
   */
  public static Lab attach(int index) {
    LabFile file = LabFile.read(LabPlan.of(index, 1));
    return new Lab(LabPlan.of(index, file.hosts()), Optional.empty());
  }

  /** Takes down the lab of that index, whoever brought it up; there need not be one. */
  public static void down(int index) {
    LabPlan plan = LabPlan.of(index, 1);
    if (LabLock.isHeld(plan)) {
      ProcessHandle.of(LabFile.read(plan).owner()).ifPresent(Lab::end);
    }
    try (LabLock _ = LabLock.take(plan)) {
      Remains.sweep(plan);
    }
  }

  private void build(Progress progress) {
    progress.step("laying the network " + plan.bridge());
    boolean makesEtcDocker = !Files.exists(Remains.ETC_DOCKER);
    try {
      Files.createDirectories(plan.home().resolve("templates"));
      new LabFile(plan.hostCount(), ProcessHandle.current().pid(), makesEtcDocker).write(plan);
      Files.createDirectories(Remains.ETC_DOCKER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SecretFile.create(plan.keyFile(), HerdKey.create(Instant.now(), KEY_VALIDITY).toPem());
    network.lay();
    hosts.forEach(this::furnish);
    Path image = BusyboxImage.writeTar(plan.home());
    onAll(
        host -> {
          host.boot();
          host.importImage(image);
          progress.step(host.name() + " " + host.address() + ": its engine answers");
        });
  }

  /** The name server answers with a refusal at once; with a silent one every pull would hang. */
  private void furnish(LabHost host) {
    Path folder = host.plan().folder();
    String names =
        plan.hosts().stream()
            .map(other -> other.address() + " " + other.name() + "\n")
            .collect(Collectors.joining("", "127.0.0.1 localhost\n", ""));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("hosts"), names);
      Files.writeString(folder.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    network.connect(host.plan());
  }

  /** Does something to all hosts at once; the first failure is thrown when all are done. */
  public void onAll(Consumer<LabHost> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running =
          hosts.stream().<Future<?>>map(host -> threads.submit(() -> work.accept(host))).toList();
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /** All hosts, in order. */
  public List<LabHost> hosts() {
    return hosts;
  }

  /** The host of that number, counted from 1. */
  public LabHost host(int number) {
    return hosts.get(plan.host(number).number() - 1);
  }

  /** This machine's own address on the hosts' network. */
  public String machineAddress() {
    return plan.bridgeAddress();
  }

  /** The herd key of its nodes. */
  public Path keyFile() {
    return plan.keyFile();
  }

  /** The folder of the lab's files; nodes read templates from its subfolder "templates". */
  public Path folder() {
    return plan.home();
  }

  /** From now on the two hosts hear nothing of each other. */
  public void cut(int a, int b) {
    network.cutOneWay(plan.host(a), plan.host(b));
    network.cutOneWay(plan.host(b), plan.host(a));
  }

  /** From now on {@code to} hears nothing of {@code from}, though {@code from} hears {@code to}. */
  public void cutOneWay(int from, int to) {
    network.cutOneWay(plan.host(from), plan.host(to));
  }

  /** Ends the cuts between the two, either way. */
  public void heal(int a, int b) {
    network.healOneWay(plan.host(a), plan.host(b));
    network.healOneWay(plan.host(b), plan.host(a));
  }

  /** Ends all cuts, losses and delays, and plugs all cables in. */
  public void healAll() {
    plan.hosts().forEach(network::healAll);
  }

  /**
   * Whatever the host sends takes that much longer.
   *
   * @throws Refused where the kernel has no network emulation
   */
  public void slow(int number, Duration delay) {
    network.delay(plan.host(number), delay);
  }

  /** The host sends no more than that, and what exceeds it waits in a queue of two seconds. */
  public void narrow(int number, int kilobitsPerSecond) {
    network.narrow(plan.host(number), kilobitsPerSecond);
  }

  /** That share of the packets to the host, from 0 to 1, is lost. */
  public void lose(int number, double share) {
    network.lose(plan.host(number), share);
  }

  /** Takes the lab down and leaves nothing of it, if this process brought it up. */
  @Override
  public void close() {
    if (lock.isPresent()) {
      Remains.sweep(plan);
      lock.get().close();
    }
  }

  private static void end(ProcessHandle owner) {
    owner.destroy();
    owner.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
