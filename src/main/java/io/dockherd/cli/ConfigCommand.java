package io.dockherd.cli;

import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.loading.Digests;
import io.dockherd.compose.yaml.JsonWriter;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd config}: what Compose files mean, in one canonical form. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = {
      "Checks Compose files and prints the project they mean: files merged, variables put in,",
      "short forms written out, defaults added. Asks no node and changes nothing."
    })
final class ConfigCommand implements Runnable {
  private static final List<String> FIRST = List.of("name");

  @Mixin private ComposeFiles files;

  @Parameters(
      paramLabel = "SERVICE",
      description = "only these services and what they need; active whatever their profiles")
  private List<String> services = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "yaml|json",
      defaultValue = "yaml",
      description = "default ${DEFAULT-VALUE}")
  private Format format;

  @ArgGroup private Part part;

  @Spec private CommandSpec spec;

  /** What the project is printed as. */
  enum Format {
    yaml,
    json
  }

  /** What is printed instead of the whole. */
  static final class Part {
    @Option(names = "--services", description = "only the services' names")
    private boolean services;

    @Option(names = "--volumes", description = "only the volumes' names")
    private boolean volumes;

    @Option(names = "--images", description = "only the images, those to be built as well")
    private boolean images;

    @Option(names = "--hash", description = "only a digest of each service")
    private boolean hash;

    @Option(
        names = {"-q", "--quiet"},
        description = "nothing: only check")
    private boolean quiet;
  }

  @Override
  public void run() {
    Composition project = files.load(services, spec.commandLine().getErr());
    print(project, spec.commandLine().getOut());
  }

  private void print(Composition project, PrintWriter out) {
    YamlMap tree = project.tree();
    if (part == null) {
      YamlMap file = project.asFile();
      out.print(
          format == Format.json ? JsonWriter.write(file, FIRST) : YamlWriter.write(file, FIRST));
      out.flush();
    } else if (part.services) {
      services(tree).forEach(out::println);
    } else if (part.volumes) {
      names(tree.map("volumes")).forEach(out::println);
    } else if (part.images) {
      new TreeSet<>(services(tree).stream().map(name -> image(project, name)).toList())
          .forEach(out::println);
    } else if (part.hash) {
      services(tree)
          .forEach(name -> out.println(name + " " + Digests.of(tree.map("services").map(name))));
    }
  }

  private static List<String> services(YamlMap tree) {
    return tree.map("services").entries().keySet().stream().sorted().toList();
  }

  /** Without notes. */
  private static List<String> names(YamlMap map) {
    return map.entries().keySet().stream().filter(name -> !name.startsWith("x-")).sorted().toList();
  }

  private static String image(Composition project, String service) {
    return project
        .tree()
        .map("services")
        .map(service)
        .text("image")
        .orElse(project.name() + "-" + service);
  }
}
