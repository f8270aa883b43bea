package io.dockherd.cli;

import io.dockherd.telemetry.BuildVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dockherd}: only holds the others. */
@Command(
    name = "dockherd",
    description = "All your Docker hosts as one Docker, with no master.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command");
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"dockherd " + BuildVersion.text()};
    }
  }
}
