package io.dockherd.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dockherd compose}: only holds what is asked of Compose files themselves. */
@Command(
    name = "compose",
    mixinStandardHelpOptions = true,
    description = "Tells about Compose files; 'dockherd config' prints them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ComposeResourcesCommand.class})
final class ComposeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say resources");
  }
}
