package io.dockherd.cli;

import io.dockherd.failure.Invalid;
import io.dockherd.lab.Lab;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code dockherd demo heal [A B]}: all lines are whole again, or the one between two hosts. */
@Command(
    name = "heal",
    mixinStandardHelpOptions = true,
    description = "Mends the line between two hosts, or all lines.")
final class DemoHealCommand implements Runnable {
  @ParentCommand private DemoCommand demo;

  @Parameters(
      arity = "0..2",
      paramLabel = "A B",
      hideParamSyntax = true,
      converter = HostNumber.class,
      description = "none, or two hosts")
  private List<Integer> pair = List.of();

  @Override
  public void run() {
    if (pair.size() == 1) {
      throw new Invalid("" + pair.getFirst(), "a line has two ends", "name two hosts, or none");
    }
    Lab lab = Lab.attach(demo.lab());
    if (pair.size() == 2) {
      lab.heal(pair.get(0), pair.get(1));
    } else {
      lab.healAll();
    }
    System.out.println(
        pair.size() == 2 ? "That line is whole again." : "All lines are whole again.");
  }
}
