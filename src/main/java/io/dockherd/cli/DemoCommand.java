package io.dockherd.cli;

import io.dockherd.failure.Invalid;
import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.LabPlan;
import io.dockherd.telemetry.LogOutput;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dockherd demo}: a herd of real Docker hosts on this machine, to try things on. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Brings up a herd of real Docker hosts on this machine, to try things on.",
      "Three hosts with a node each, and four containers. It stays until Ctrl-C, which leaves nothing"
          + " behind. Needs root."
    },
    subcommands = {
      DemoCutCommand.class,
      DemoHealCommand.class,
      DemoKillCommand.class,
      DemoStartCommand.class
    })
final class DemoCommand implements Runnable {
  static final Duration NODE_LIMIT = Duration.ofSeconds(30);
  private static final long TAKE_DOWN_LIMIT_SECONDS = 60;

  @Option(
      names = "--hosts",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many hosts (default: ${DEFAULT-VALUE}). Each takes some 200 MB.")
  private int hosts;

  @Option(names = "--detach", description = "Return when it is up and leave it running.")
  private boolean detach;

  @Option(names = "--down", description = "Take it down, whoever brought it up.")
  private boolean down;

  @Option(names = "--held", hidden = true, description = "Run by --detach: say when it is up.")
  private boolean held;

  @Option(
      names = "--lab",
      hidden = true,
      defaultValue = "0",
      description = "The index of the lab it is brought up in: another one stands beside it.")
  private int lab;

  private final CountDownLatch over = new CountDownLatch(1);

  /** The index of its lab. */
  int lab() {
    return lab;
  }

  @Override
  public void run() {
    if (down && detach) {
      throw new Invalid("--down", "--down and --detach contradict each other", "give one of them");
    }
    LogOutput.start(Level.WARNING);
    if (down) {
      Lab.down(lab);
      System.out.println("The demo is down.");
    } else if (detach) {
      HeldDemo.start(lab, hosts);
    } else {
      stayUntilTheEnd();
    }
  }

  /**
   * The lab is brought up and taken down by one and the same thread; Ctrl-C interrupts it, wherever
   * it is, and the JVM waits until it has cleaned up.
   */
  private void stayUntilTheEnd() {
    Thread.Builder builder = Thread.ofPlatform().name("taking down");
    Thread here = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(builder.unstarted(() -> interruptAndWait(here)));
    try (Lab up = Lab.up(LabPlan.of(lab, hosts), DemoCommand::show)) {
      up.hosts().forEach(LabHost::startNode);
      up.onAll(host -> host.awaitNode(NODE_LIMIT));
      show("all nodes are up");
      new DemoTour(up).walk();
      hold(up.host(1));
    } finally {
      over.countDown();
    }
  }

  private void hold(LabHost first) {
    try (Forwarding _ = Forwarding.of(first, DemoCommand::show)) {
      waitForTheEnd();
    }
  }

  private void waitForTheEnd() {
    System.out.println(held ? HeldDemo.UP : "\nCtrl-C takes everything down.");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      System.out.println("\nTaking it down.");
    }
  }

  private void interruptAndWait(Thread busy) {
    busy.interrupt();
    try {
      over.await(TAKE_DOWN_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void show(String step) {
    System.out.println("  " + step);
  }
}
