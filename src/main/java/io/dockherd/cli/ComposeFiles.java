package io.dockherd.cli;

import io.dockherd.compose.loading.ComposeLoader;
import io.dockherd.compose.loading.ComposeRequest;
import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.problems.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which Compose files are meant, and with what. */
final class ComposeFiles {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description =
          "a Compose file; again for more, a later one's word counting; - for standard input;"
              + " default: COMPOSE_FILE, or compose.yaml and its kin here or above")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "a profile to activate, besides those of COMPOSE_PROFILES; * for all")
  private List<String> profiles = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "variables, instead of those of .env; again for more")
  private List<Path> envFiles = new ArrayList<>();

  @Option(
      names = {"-p", "--project-name"},
      paramLabel = "NAME",
      description = "default: COMPOSE_PROJECT_NAME, the file's name: or its folder's name")
  private String projectName;

  @Option(
      names = "--project-directory",
      paramLabel = "FOLDER",
      description = "what relative paths belong to; default: the first file's folder")
  private Path projectDirectory;

  /** No files are named, and of the project no more than perhaps its name. */
  static ComposeFiles ofProject(Optional<String> name) {
    ComposeFiles files = new ComposeFiles();
    files.projectName = name.orElse(null);
    return files;
  }

  /** The project they mean; warnings are written to {@code err}. */
  Composition load(List<String> services, PrintWriter err) {
    return load(services, files, err);
  }

  /** The same of other files than {@code -f} names. */
  Composition load(List<String> services, List<Path> named, PrintWriter err) {
    Path here = Path.of("").toAbsolutePath();
    Composition composition =
        ComposeLoader.load(
            request(here, services, named, System.getenv()), new DiskFiles(System.in));
    for (Problem warning : composition.warnings()) {
      err.println("dockherd: warning: " + warning);
    }
    return composition;
  }

  /** The project's name; nothing is read when it is said. */
  String projectName(List<String> services, PrintWriter err) {
    return projectName != null
        ? ComposeLoader.projectName(projectName)
        : load(services, err).name();
  }

  private ComposeRequest request(
      Path here, List<String> services, List<Path> named, Map<String, String> environment) {
    return new ComposeRequest(
        here,
        named,
        Optional.ofNullable(projectDirectory).map(here::resolve).map(Path::normalize),
        Optional.ofNullable(projectName),
        profiles,
        services,
        envFiles,
        environment);
  }
}
