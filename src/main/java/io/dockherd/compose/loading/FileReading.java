package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.schema.ComposeKeys;
import io.dockherd.compose.schema.Expansions;
import io.dockherd.compose.schema.Shape;
import io.dockherd.compose.schema.Where;
import io.dockherd.compose.yaml.YamlBudget;
import io.dockherd.compose.yaml.YamlLimits;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlReader;
import io.dockherd.failure.Invalid;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Single files: read, filled with variables, and brought into canonical form. */
final class FileReading {
  private final Texts texts;
  private final Problems problems;
  private final YamlBudget budget = new YamlBudget(YamlLimits.defaults());
  private final Map<Path, List<YamlNode>> known = new HashMap<>();
  private final Set<Path> made = new HashSet<>();
  private final Expansions expansions = new Expansions();
  private int readings;

  FileReading(Texts texts, Problems problems) {
    this.texts = texts;
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  String shown(Path file) {
    return texts.shown(file);
  }

  /**
   * The documents of a file, as written; read once.
   *
   * @throws Invalid when there is no such file, or it is no YAML
   */
  List<YamlNode> documents(Path file) {
    List<YamlNode> documents = known.get(file);
    if (documents == null) {
      byte[] bytes =
          texts
              .bytes(file)
              .orElseThrow(
                  () ->
                      problems.stop(
                          Position.of(texts.shown(file)),
                          "there is no such file",
                          "name one that is there"));
      documents = new YamlReader(texts.shown(file), budget, problems).read(bytes);
      known.put(file, documents);
    }
    return documents;
  }

  /**
   * There is to be one more of what has been read already.
   *
   * @throws Invalid when the project gets too large
   */
  void oneMore(YamlNode node) {
    if (!budget.take(node)) {
      throw problems.stop(
          node.at(),
          "this is included or extended until the project has more than the "
              + budget.limits().nodes()
              + " nodes allowed",
          "do so less often");
    }
  }

  /**
   * A file's documents as one canonical mapping; what it includes and extends is not followed.
   *
   * @param folder what its relative paths belong to
   */
  YamlMap canonical(Path file, Path folder, Variables variables) {
    if (++readings > Texts.MOST_FILES) {
      throw problems.stop(
          Position.of(texts.shown(file)),
          "files are included or extended more than " + Texts.MOST_FILES + " times",
          "include fewer");
    }
    YamlMap merged = YamlMap.empty(new Position(texts.shown(file), 1, 1));
    List<YamlNode> documents = documents(file);
    if (!made.add(file)) {
      documents.forEach(this::oneMore);
    }
    for (YamlNode document : documents) {
      if (!(document instanceof YamlMap map)) {
        problems.add(
            document.at(),
            "a Compose file has to be a mapping, and this is " + document.portrait(),
            "begin it with 'services:'");
        continue;
      }
      YamlMap filled = new Interpolation(variables, problems).of(LegacyFile.modern(map, problems));
      Where where = new Where("", folder, variables, problems, expansions);
      Optional<YamlNode> read = Shape.read(ComposeKeys.FILE, filled, where);
      if (read.isPresent()) {
        merged = (YamlMap) Shape.merge(ComposeKeys.FILE, merged, read.get());
      }
    }
    return merged;
  }
}
