package io.dockherd.cli;

import io.dockherd.node.settings.Chapter;
import io.dockherd.node.settings.Setting;
import io.dockherd.node.settings.SettingsTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code dockherd node}: one node beside this machine's engine, until told to stop. Its flags are
 * the settings, read off their table. Its subcommands tell a node that runs what is thought of one.
 */
final class NodeCommand implements Runnable {
  private final OptionSpec config =
      OptionSpec.builder(NodeStart.CONFIG.toArray(String[]::new))
          .paramLabel("FILE")
          .type(Path.class)
          .description("Configuration file: a JSON object of the keys below; C comments are fine.")
          .build();
  private final Map<Setting<?>, OptionSpec> flags = new LinkedHashMap<>();

  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    spec.name("node").mixinStandardHelpOptions(true);
    spec.usageMessage()
        .description("Runs one node beside this machine's Docker engine.")
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .footer(
            "",
            "Every option but --config is also a key of the configuration file and an environment",
            "variable: --task-timeout is taskTimeout and DOCKHERD_TASK_TIMEOUT. A flag wins over a",
            "variable, a variable over the file. DOCKHERD_KEY holds the herd key itself.");
    spec.addOption(config);
    spec.addSubcommand("drain", new CommandLine(new NodeDrainCommand()));
    spec.addSubcommand("ready", new CommandLine(new NodeReadyCommand()));
    spec.addSubcommand("label", new CommandLine(new NodeLabelCommand()));
    spec.addSubcommand("forget", new CommandLine(new NodeForgetCommand()));
    SettingsTable.CHAPTERS.forEach(chapter -> spec.addArgGroup(group(chapter)));
    return spec;
  }

  private ArgGroupSpec group(Chapter chapter) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).heading("%n" + chapter.title() + "%n");
    for (Setting<?> setting : chapter.settings()) {
      if (!setting.flags().isEmpty()) {
        OptionSpec flag = flag(setting);
        flags.put(setting, flag);
        group.addArg(flag);
      }
    }
    return group.build();
  }

  private static OptionSpec flag(Setting<?> setting) {
    OptionSpec.Builder flag =
        OptionSpec.builder(setting.flags().toArray(String[]::new))
            .type(String.class)
            .description(setting.why().replace("%", "%%"), "Default: " + setting.fallbackText());
    if (setting.kind().isSwitch()) {
      return flag.arity("0..1").fallbackValue("true").build();
    }
    return flag.arity("1").paramLabel(setting.kind().placeholder()).build();
  }

  @Override
  public void run() {
    start().run();
  }

  NodeStart start() {
    Map<Setting<?>, String> said = new LinkedHashMap<>();
    flags.forEach(
        (setting, flag) -> {
          String written = flag.getValue();
          if (written != null) {
            said.put(setting, written);
          }
        });
    return new NodeStart(said, Optional.ofNullable(config.getValue()));
  }
}
