package io.dockherd.compose.loading;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which project is meant.
 *
 * @param folder where the caller stands; absolute
 * @param files as named, in order; none means COMPOSE_FILE, or those found in the folder and its
 *     parents
 * @param projectDirectory what relative paths belong to; default: the first file's folder
 * @param projectName default: COMPOSE_PROJECT_NAME, the files' {@code name}, the directory's name
 * @param profiles in addition to COMPOSE_PROFILES; {@code *} is all
 * @param services those asked for, with what they need; none means all active ones. One that is
 *     asked for is active whatever its profiles, but not so what it needs
 * @param envFiles instead of {@code .env}
 * @param environment the caller's; wins over env files
 */
public record ComposeRequest(
    Path folder,
    List<Path> files,
    Optional<Path> projectDirectory,
    Optional<String> projectName,
    List<String> profiles,
    List<String> services,
    List<Path> envFiles,
    Map<String, String> environment) {
  public ComposeRequest {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(projectDirectory, "projectDirectory");
    Objects.requireNonNull(projectName, "projectName");
    files = List.copyOf(files);
    profiles = List.copyOf(profiles);
    services = List.copyOf(services);
    envFiles = List.copyOf(envFiles);
    environment = Map.copyOf(environment);
  }

  /** The files in a folder, or those named, and nothing else said. */
  public static ComposeRequest of(Path folder, Path... files) {
    return new ComposeRequest(
        folder,
        List.of(files),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Map.of());
  }
}
