package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command as a list of words, or as one text split as a shell would, without a shell's
 * expansions. A later file's replaces an earlier one's.
 */
final class CommandLine implements Shape {
  @Override
  public String label() {
    return "text or list of texts";
  }

  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    return switch (node) {
      case YamlScalar scalar -> split(scalar, where);
      case YamlList list -> words(list, where);
      case YamlMap map -> {
        where.wrong(node, "has to be a text or a list of texts, and is " + node.portrait(), "");
        yield Optional.empty();
      }
    };
  }

  private static Optional<YamlNode> words(YamlList list, Where where) {
    List<YamlNode> words = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      YamlNode item = list.items().get(i);
      if (item.isNothing()) {
        where.at(i).wrong(item, "is nothing", "write \"\" for an empty word");
      } else {
        Scalars.anyText().canonical(item, where.at(i)).ifPresent(words::add);
      }
    }
    return Optional.of(YamlList.of(list.at(), words));
  }

  private static Optional<YamlNode> split(YamlScalar scalar, Where where) {
    Optional<List<String>> words = ShellWords.split(Scalars.asText(scalar, where).text());
    if (words.isEmpty()) {
      where.wrong(scalar, "has a quote that is never closed", "close it, or escape it");
    }
    return words.map(
        all ->
            YamlList.of(
                scalar.at(),
                all.stream().map(each -> YamlScalar.text(scalar.at(), each)).toList()));
  }
}
