package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Position;
import io.dockherd.compose.schema.ComposeKeys;
import io.dockherd.compose.schema.Shape;
import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Several files as one: each with what it includes under it, the later merged onto the earlier. */
final class Project {
  private final FileReading reading;
  private final EnvironmentFiles environments;
  private final Deque<Path> within = new ArrayDeque<>();

  Project(FileReading reading, EnvironmentFiles environments) {
    this.reading = reading;
    this.environments = environments;
  }

  /**
   * The files as one canonical mapping, tags of merging resolved.
   *
   * @param folder what relative paths in them belong to
   */
  YamlMap read(List<Path> files, Path folder, Variables variables) {
    return Resolved.of(merged(files, folder, variables));
  }

  private YamlMap merged(List<Path> files, Path folder, Variables variables) {
    YamlMap merged = YamlMap.empty(new Position(reading.shown(files.getFirst()), 1, 1));
    for (Path file : files) {
      within.push(file);
      YamlMap own = reading.canonical(file, folder, variables);
      YamlMap extended = new Extending(reading, variables).of(own, file);
      merged = merge(merged, merge(included(own, folder, variables), extended));
      within.pop();
    }
    return merged;
  }

  private YamlMap included(YamlMap file, Path folder, Variables variables) {
    YamlMap merged = YamlMap.empty(file.at());
    for (YamlNode item : file.list("include").items()) {
      if (item instanceof YamlMap include) {
        merged = merge(merged, included(include, file, folder, variables));
      }
    }
    return merged;
  }

  private YamlMap included(YamlMap include, YamlMap file, Path folder, Variables variables) {
    List<Path> paths = paths(include.list("path"));
    if (paths.isEmpty()) {
      return YamlMap.empty(file.at());
    }
    for (Path path : paths) {
      if (within.contains(path)) {
        throw reading
            .problems()
            .stop(
                include.at(),
                reading.shown(path) + " would include itself",
                "take one include out of the circle");
      }
    }
    Path home =
        include
            .text("project_directory")
            .map(Path::of)
            .orElseGet(() -> paths.getFirst().getParent());
    Variables inner = environments.under(variables, home, paths(include.list("env_file")));
    return Resolved.of(merged(paths, home, inner)).without("name");
  }

  private static List<Path> paths(YamlList list) {
    return list.items().stream()
        .filter(YamlScalar.class::isInstance)
        .map(item -> Path.of(((YamlScalar) item).text()))
        .toList();
  }

  private static YamlMap merge(YamlMap earlier, YamlMap later) {
    return (YamlMap)
        Shape.merge(ComposeKeys.FILE, earlier.without("include"), later.without("include"));
  }
}
