package io.dockherd.cli;

import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.loading.ResourceSum;
import io.dockherd.failure.Refused;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd compose resources}: what a project asks for, added up. */
@Command(
    name = "resources",
    mixinStandardHelpOptions = true,
    description = {
      "Adds up the cores and the memory of a project's active services, each as often as it runs,",
      "and prints them as CORES MIB; what a service leaves open is said on standard error."
    })
final class ComposeResourcesCommand implements Runnable {
  private static final BigDecimal MIB = BigDecimal.valueOf(1 << 20);

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the Compose files")
  private List<Path> named;

  @Mixin private ComposeFiles files;

  @Option(names = "--reservations", description = "what is reserved, not what is the limit")
  private boolean reservations;

  @Option(
      names = "--cpus",
      paramLabel = "CORES",
      defaultValue = "0",
      description = "fail if it is more than these: an app's cpus")
  private BigDecimal cpus;

  @Option(
      names = "--mem",
      paramLabel = "MIB",
      defaultValue = "0",
      description = "fail if it is more than that: an app's mem")
  private BigDecimal mebibytes;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter err = spec.commandLine().getErr();
    Composition project = files.load(List.of(), named, err);
    ResourceSum sum =
        reservations ? ResourceSum.ofReservations(project) : ResourceSum.ofLimits(project);
    sum.withoutCpus().forEach(name -> err.println("dockherd: no cpus: " + name));
    sum.withoutMemory().forEach(name -> err.println("dockherd: no memory: " + name));
    spec.commandLine().getOut().println(sum.line());
    sum.objection(cpus, mebibytes.multiply(MIB).longValue())
        .ifPresent(
            why -> {
              throw new Refused(project.name(), why, "ask for more, or less");
            });
  }
}
