package io.dockherd.cli;

import io.dockherd.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dockherd demo kill A}: everything on the host dies at once. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    description = "Kills everything on a host at once: node, engine and containers.")
final class DemoKillCommand implements Runnable {
  @ParentCommand private DemoCommand demo;

  @Parameters(index = "0", paramLabel = "A", converter = HostNumber.class)
  private int host;

  @Override
  public void run() {
    Lab.attach(demo.lab()).host(host).kill();
    System.out.println("host-" + host + " is dead.");
  }
}
