package io.dockherd.compose.schema;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where in a file a value is being read, and what is needed to understand it.
 *
 * @param path the keys that lead there: {@code services.web.ports[0]}; "" for the file itself
 * @param folder what relative paths are relative to
 * @param variables for values a file leaves to the environment
 * @param expansions how many values short forms may still stand for
 */
public record Where(
    String path, Path folder, Variables variables, Problems problems, Expansions expansions) {
  /** The value at a key of this one. */
  public Where at(String key) {
    return new Where(
        path.isEmpty() ? key : path + "." + key, folder, variables, problems, expansions);
  }

  /** An item of this one. */
  public Where at(int index) {
    return new Where(path + "[" + index + "]", folder, variables, problems, expansions);
  }

  /** Something is wrong with the value here. */
  public void wrong(YamlNode node, String what, String remedy) {
    problems.add(node.at(), subject() + " " + what, remedy);
  }

  /** Something about the value here deserves a warning, told once for each topic. */
  void warn(String topic, Position at, String what, String remedy) {
    problems.warn(topic, at, subject() + " " + what, remedy);
  }

  private String subject() {
    return path.isEmpty() ? "the file" : path;
  }

  /** A path of the file as an absolute one; {@code ~} is the caller's home. Empty for no path. */
  Optional<String> absolute(String written) {
    String home = variables.value("HOME").orElse("~");
    String expanded =
        written.equals("~") || written.startsWith("~/") ? home + written.substring(1) : written;
    try {
      return Optional.of(folder.resolve(expanded).normalize().toString());
    } catch (InvalidPathException e) {
      return Optional.empty(); // As one with U+0000 in it.
    }
  }
}
