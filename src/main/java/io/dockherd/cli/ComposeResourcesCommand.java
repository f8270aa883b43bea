package io.dockherd.cli;

import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.loading.ResourceSum;
import java.io.PrintWriter;
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
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the Compose files")
  private List<Path> named;

  @Mixin private ComposeFiles files;

  @Option(names = "--reservations", description = "what is reserved, not what is the limit")
  private boolean reservations;

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
  }
}
