package io.dockherd.cli;

import io.dockherd.lab.Lab;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dockherd demo cut A B}: the two hosts hear nothing of each other any more. */
@Command(
    name = "cut",
    mixinStandardHelpOptions = true,
    description = "Cuts the line between two hosts: each packet is lost in silence, both ways.")
final class DemoCutCommand implements Runnable {
  @ParentCommand private DemoCommand demo;

  @Parameters(index = "0", paramLabel = "A", converter = HostNumber.class)
  private int a;

  @Parameters(index = "1", paramLabel = "B", converter = HostNumber.class)
  private int b;

  @Override
  public void run() {
    Lab.attach(demo.lab()).cut(a, b);
    System.out.println("host-" + a + " and host-" + b + " hear nothing of each other.");
  }
}
