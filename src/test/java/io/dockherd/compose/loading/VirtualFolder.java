package io.dockherd.compose.loading;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A project on no disk, in the text of a golden file:
 *
 * <pre>
 * $ -f compose.yaml --profile debug TAG=3      options and variables; may be left out
 * === compose.yaml                             a file, up to the next such line
 * services: …
 * </pre>
 */
public final class VirtualFolder implements SourceFiles {
  static final Path ROOT = Path.of("/project");

  private static final String FILE = "=== ";

  private final Map<Path, String> files = new LinkedHashMap<>();
  private final Map<String, List<String>> options = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ann"));

  public VirtualFolder(String text) {
    StringBuilder file = new StringBuilder();
    Path name = ROOT.resolve("compose.yaml");
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("$ ")) {
        options(List.of(line.substring(2).split(" +")));
      } else if (line.startsWith(FILE)) {
        keep(name, file);
        name = ROOT.resolve(line.substring(FILE.length())).normalize();
      } else {
        file.append(line).append('\n');
      }
    }
    keep(name, file);
  }

  private void keep(Path name, StringBuilder file) {
    if (!file.isEmpty()) {
      files.put(name, file.toString());
      file.setLength(0);
    }
  }

  private void options(List<String> words) {
    List<String> left = new ArrayList<>(words);
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      if (Set.of("-f", "--profile", "-p", "--env-file", "--project-directory", "--service")
          .contains(word)) {
        options.computeIfAbsent(word, key -> new ArrayList<>()).add(left.removeFirst());
      } else {
        String[] variable = word.split("=", 2);
        environment.put(variable[0], variable[1]);
      }
    }
  }

  public ComposeRequest request() {
    return new ComposeRequest(
        ROOT,
        paths("-f"),
        paths("--project-directory").stream().map(ROOT::resolve).findFirst(),
        said("-p").stream().findFirst(),
        said("--profile"),
        said("--service"),
        paths("--env-file"),
        environment);
  }

  private List<Path> paths(String option) {
    return said(option).stream().map(Path::of).toList();
  }

  private List<String> said(String option) {
    return options.getOrDefault(option, List.of());
  }

  @Override
  public Optional<byte[]> read(Path file, int limit) {
    return Optional.ofNullable(files.get(file)).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }
}
