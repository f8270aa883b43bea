package io.dockherd.cli;

import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dockherd demo start A}: the host is switched on again, engine and node. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Switches a host on again, with its engine and node.")
final class DemoStartCommand implements Runnable {
  @ParentCommand private DemoCommand demo;

  @Parameters(index = "0", paramLabel = "A", converter = HostNumber.class)
  private int number;

  @Override
  public void run() {
    LabHost host = Lab.attach(demo.lab()).host(number);
    host.boot();
    host.startNodeAgain();
    host.awaitNode(DemoCommand.NODE_LIMIT);
    System.out.println("host-" + number + " is up.");
  }
}
