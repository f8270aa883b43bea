package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.BadTemplate;
import io.dockherd.compose.interpolation.Template;
import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.failure.Invalid;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a project is called: by flag, COMPOSE_PROJECT_NAME, the last file with a {@code name}, its
 * folder; in small letters, digits, '_' and '-', beginning with one of the first two.
 */
final class ProjectName {
  /** Known to the files, too. */
  static final String VARIABLE = "COMPOSE_PROJECT_NAME";

  private final ComposeRequest request;
  private final FileReading reading;

  ProjectName(ComposeRequest request, FileReading reading) {
    this.request = request;
    this.reading = reading;
  }

  String of(List<Path> files, Path folder, Variables environment) {
    String written =
        request
            .projectName()
            .or(() -> environment.value(VARIABLE).filter(name -> !name.isEmpty()))
            .or(() -> fromFiles(files, environment))
            .orElseGet(
                () -> Optional.ofNullable(folder.getFileName()).map(Path::toString).orElse(""));
    return normal(written);
  }

  /**
   * What a written name comes to.
   *
   * @throws Invalid when nothing is left of it
   */
  static String normal(String written) {
    String name =
        written.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "").replaceFirst("^[_-]+", "");
    if (name.isEmpty()) {
      throw new Invalid(
          written,
          "'" + written + "' leaves no name for the project",
          "give it one of letters and digits with --project-name or 'name:'");
    }
    return name;
  }

  private Optional<String> fromFiles(List<Path> files, Variables environment) {
    String name = "";
    for (Path file : files) {
      for (YamlNode document : reading.documents(file)) {
        if (document instanceof YamlMap map && map.text("name").isPresent()) {
          name = filled(map.text("name").get(), environment);
        }
      }
    }
    return Optional.of(name).filter(found -> !found.isEmpty());
  }

  /** What is wrong with it is told when the file is read. */
  private static String filled(String written, Variables environment) {
    try {
      return Template.parse(written).fill(environment, unset -> {});
    } catch (BadTemplate e) {
      return written;
    }
  }
}
