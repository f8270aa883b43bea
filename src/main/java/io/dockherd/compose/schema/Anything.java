package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever somebody likes: {@code x-} keys, options of drivers nobody here knows. */
enum Anything implements Shape {
  ANYTHING;

  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    return Optional.of(node);
  }

  @Override
  public YamlNode merged(YamlNode earlier, YamlNode later) {
    if (earlier instanceof YamlMap first && later instanceof YamlMap second) {
      return Maps.merged(first, second, key -> this);
    }
    if (earlier instanceof YamlList first && later instanceof YamlList second) {
      List<YamlNode> items = new ArrayList<>(first.items());
      items.addAll(second.items());
      return YamlList.of(second.at(), items);
    }
    return later;
  }

  @Override
  public String label() {
    return "anything";
  }

  @Override
  public boolean keepsNothing() {
    return true;
  }
}
