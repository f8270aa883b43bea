package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.EnvironmentFile;
import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables of a project: the caller's, and under them those of env files. */
final class EnvironmentFiles {
  private static final String DEFAULT = ".env";

  private final ComposeRequest request;
  private final Texts texts;
  private final Problems problems;

  EnvironmentFiles(ComposeRequest request, Texts texts, Problems problems) {
    this.request = request;
    this.texts = texts;
    this.problems = problems;
  }

  /** The environment of a project in {@code folder}. */
  Variables around(Path folder) {
    Variables shell = Variables.of(request.environment());
    List<Path> named = named(shell);
    if (!named.isEmpty()) {
      return under(shell, named, true);
    }
    boolean isOff =
        shell.value("COMPOSE_DISABLE_ENV_FILE").filter(EnvironmentFiles::isTrue).isPresent();
    return isOff ? shell : under(shell, List.of(folder.resolve(DEFAULT)), false);
  }

  /** The environment of what is included: the includer's, and under it that of its own files. */
  Variables under(Variables outer, Path folder, List<Path> named) {
    return named.isEmpty()
        ? under(outer, List.of(folder.resolve(DEFAULT)), false)
        : under(outer, named, true);
  }

  private Variables under(Variables outer, List<Path> files, boolean isRequired) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Path file : files) {
      Optional<String> text = texts.text(file);
      if (text.isEmpty() && isRequired) {
        problems.add(
            Position.of(texts.shown(file)), "there is no such env file", "name one that is there");
      }
      text.ifPresent(
          found ->
              values.putAll(
                  EnvironmentFile.read(
                          texts.shown(file), found, outer.or(Variables.of(values)), problems)
                      .present()));
    }
    return outer.or(Variables.of(values));
  }

  private List<Path> named(Variables shell) {
    List<Path> named = new ArrayList<>();
    request.envFiles().forEach(file -> named.add(request.folder().resolve(file)));
    if (named.isEmpty()) {
      for (String file : shell.value("COMPOSE_ENV_FILES").orElse("").split(",")) {
        if (!file.isBlank()) {
          named.add(request.folder().resolve(Texts.path(file.strip())));
        }
      }
    }
    return named;
  }

  private static boolean isTrue(String word) {
    return List.of("1", "t", "true", "yes", "y", "on").contains(word.toLowerCase());
  }
}
