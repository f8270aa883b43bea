package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.ProjectReader;
import io.dockherd.compose.problems.Problem;
import io.dockherd.compose.yaml.YamlMap;
import java.util.List;
import java.util.Objects;

/**
 * A project as its files say it: one canonical tree (services of inactive profiles left out,
 * everything in its long form, paths absolute), and what was worth a warning.
 *
 * @param tree {@code name}, {@code services}, {@code networks}, {@code volumes}, {@code configs},
 *     {@code secrets}, {@code x-…}
 * @param idle services that are declared, of profiles that are not active
 * @param environment the caller's variables, and under them those of the env files: what configs
 *     and secrets may be made of
 */
public record Composition(
    YamlMap tree, List<String> idle, List<Problem> warnings, Variables environment) {
  public Composition {
    Objects.requireNonNull(tree, "tree");
    idle = List.copyOf(idle);
    warnings = List.copyOf(warnings);
    Objects.requireNonNull(environment, "environment");
  }

  /** The tree as a file can say it: a dollar sign in a text is written as two. */
  public YamlMap asFile() {
    return (YamlMap) Interpolation.escaped(tree);
  }

  /** What the tree says, as values. */
  public Project project() {
    return ProjectReader.read(tree);
  }

  /** The project's name. */
  public String name() {
    return tree.text("name").orElseThrow();
  }
}
