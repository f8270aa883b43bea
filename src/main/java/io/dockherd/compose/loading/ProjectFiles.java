package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.failure.NotFound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which files a project is made of. */
final class ProjectFiles {
  private static final List<String> NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  private final ComposeRequest request;
  private final Texts texts;

  ProjectFiles(ComposeRequest request, Texts texts) {
    this.request = request;
    this.texts = texts;
  }

  /**
   * Those named, else those COMPOSE_FILE names, else the first known name in the folder or the
   * nearest parent that has one, with its {@code .override}.
   */
  List<Path> find(Variables environment) {
    if (!request.files().isEmpty()) {
      return request.files().stream().map(this::absolute).toList();
    }
    Optional<String> named = environment.value("COMPOSE_FILE").filter(list -> !list.isBlank());
    if (named.isPresent()) {
      String separator =
          environment.value("COMPOSE_PATH_SEPARATOR").filter(text -> !text.isEmpty()).orElse(":");
      return Arrays.stream(named.get().split(Pattern.quote(separator)))
          .filter(file -> !file.isBlank())
          .map(file -> absolute(Texts.path(file)))
          .toList();
    }
    Path start = request.projectDirectory().map(this::absolute).orElse(request.folder());
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      List<Path> found = in(folder);
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw new NotFound(
        start.toString(),
        "no Compose file is in " + start + " or above it",
        "name one with -f, or call it " + NAMES.getFirst());
  }

  private List<Path> in(Path folder) {
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      if (texts.bytes(file).isPresent()) {
        List<Path> found = new ArrayList<>(List.of(file));
        override(folder).ifPresent(found::add);
        return found;
      }
    }
    return List.of();
  }

  private Optional<Path> override(Path folder) {
    return NAMES.stream()
        .map(name -> name.replaceFirst("\\.(ya?ml)$", ".override.$1"))
        .map(folder::resolve)
        .filter(file -> texts.bytes(file).isPresent())
        .findFirst();
  }

  private Path absolute(Path file) {
    return file.equals(Texts.STANDARD_INPUT) ? file : request.folder().resolve(file).normalize();
  }
}
