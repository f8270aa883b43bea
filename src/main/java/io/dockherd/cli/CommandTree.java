package io.dockherd.cli;

import io.dockherd.failure.Failure;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, put together, and how their failures are shown. */
final class CommandTree {
  private CommandTree() {}

  /** Runs the command the line names and answers the process's exit code. */
  static int run(List<String> line) {
    return build().execute(line.toArray(String[]::new));
  }

  static CommandLine build() {
    CommandLine commands = new CommandLine(new RootCommand());
    commands.addSubcommand("node", new NodeCommand().spec());
    commands.addSubcommand(new ManageCommand());
    commands.addSubcommand(new JoinCommand());
    commands.addSubcommand(new ListCommand());
    commands.addSubcommand(new RebalanceCommand());
    commands.addSubcommand(new UpCommand());
    commands.addSubcommand(new DownCommand());
    commands.addSubcommand(new AppsCommand());
    commands.addSubcommand(new PsCommand());
    commands.addSubcommand(new LogsCommand());
    commands.addSubcommand(new ScaleCommand());
    commands.addSubcommand(new RestartCommand());
    commands.addSubcommand(new RollbackCommand());
    commands.addSubcommand(new EventsCommand());
    commands.addSubcommand(new DemoCommand());
    commands.addSubcommand(new KeyCommand());
    commands.addSubcommand(new CertCommand());
    commands.addSubcommand(new ConfigCommand());
    commands.addSubcommand(new ComposeCommand());
    commands.addSubcommand(new TrainCommand());
    knowTheVersion(commands);
    commands.setExecutionExceptionHandler(
        (thrown, command, parsed) -> showOrThrow(command, thrown));
    commands.setParameterExceptionHandler((wrong, args) -> show(wrong));
    commands.setUsageHelpAutoWidth(true);
    commands.setOverwrittenOptionsAllowed(true); // The last one wins, so scripts can append.
    return commands;
  }

  private static void knowTheVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new RootCommand.Version());
    command.getSubcommands().values().forEach(CommandTree::knowTheVersion);
  }

  private static int showOrThrow(CommandLine command, Exception thrown) throws Exception {
    if (thrown instanceof Failure failure) {
      return show(command, failure);
    }
    throw thrown;
  }

  private static int show(CommandLine command, Failure failure) {
    command.getErr().println(Program.complaint(failure));
    return Program.DONE_WRONG;
  }

  /** The whole usage would push the one line that matters off the screen. */
  private static int show(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("dockherd: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
    command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return Program.ASKED_WRONG;
  }
}
