package io.dockherd.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dockherd key}: only holds the others. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes, shows and rotates the herd key, which admits nodes.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeyNewCommand.class, KeyShowCommand.class, KeyRotateCommand.class})
final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say new, show or rotate");
  }
}
