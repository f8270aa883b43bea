package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sequence. Where {@code single} it may be one item without a sequence around it. A later file's
 * items are put behind an earlier one's; of two with the same identity the later takes the
 * earlier's place.
 */
final class ListOf implements Shape {
  private final String label;
  private final Items items;
  private final Optional<Keys> form;
  private final Function<YamlNode, String> identity;
  private final boolean isSingleAllowed;
  private final boolean isTwiceWrong;

  /** How one written item becomes the canonical ones it stands for: a range of ports is many. */
  interface Items {
    List<YamlNode> read(YamlNode item, Where where);
  }

  private ListOf(
      String label,
      Items items,
      Optional<Keys> form,
      Function<YamlNode, String> identity,
      boolean isSingleAllowed,
      boolean isTwiceWrong) {
    this.label = label;
    this.items = items;
    this.form = form;
    this.identity = identity;
    this.isSingleAllowed = isSingleAllowed;
    this.isTwiceWrong = isTwiceWrong;
  }

  /** Items of one shape, put behind each other. */
  static ListOf of(String label, Shape item) {
    return expanding(label, item, (node, where) -> Shape.read(item, node, where).stream().toList());
  }

  /** The same, where one written item may stand for several, or be completed. */
  static ListOf expanding(String label, Shape item, Items items) {
    return new ListOf(label, items, item.form(), null, false, false);
  }

  /** The same, allowing one item without a sequence around it. */
  ListOf orOne() {
    return new ListOf(label, items, form, identity, true, isTwiceWrong);
  }

  /** The same, made unique by what {@code identity} says of an item. */
  ListOf unique(Function<YamlNode, String> by) {
    return new ListOf(label, items, form, by, isSingleAllowed, isTwiceWrong);
  }

  /** The same, made unique by the items themselves. */
  ListOf unique() {
    return unique(node -> node instanceof YamlScalar scalar ? scalar.text() : node.toString());
  }

  /** The same, where one file may not have two items of one identity. */
  ListOf onceInAFile() {
    return new ListOf(label, items, form, identity, isSingleAllowed, true);
  }

  @Override
  public String label() {
    return isSingleAllowed ? "one or list of " + label : "list of " + label;
  }

  @Override
  public Optional<Keys> form() {
    return form;
  }

  @Override
  public Optional<YamlNode> canonical(YamlNode node, Where where) {
    if (node instanceof YamlMap && !isSingleAllowed
        || node instanceof YamlScalar && !isSingleAllowed) {
      where.wrong(node, "has to be a list of " + label + ", and is " + node.portrait(), "");
      return Optional.empty();
    }
    List<YamlNode> written = node instanceof YamlList list ? list.items() : List.of(node);
    List<YamlNode> read = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      YamlNode item = written.get(i);
      if (item.isNothing()) {
        continue;
      }
      read.addAll(items.read(item, node instanceof YamlList ? where.at(i) : where));
    }
    if (isTwiceWrong) {
      tellTwice(read, where);
    }
    return Optional.of(YamlList.of(node.at(), identity == null ? read : distinct(read)));
  }

  private void tellTwice(List<YamlNode> read, Where where) {
    Map<String, YamlNode> seen = new HashMap<>();
    for (YamlNode item : read) {
      YamlNode first = seen.putIfAbsent(identity.apply(item), item);
      if (first != null) {
        where.wrong(
            item,
            "has '" + identity.apply(item) + "' twice, first at " + first.at(),
            "keep one of them");
      }
    }
  }

  @Override
  public YamlNode merged(YamlNode earlier, YamlNode later) {
    List<YamlNode> all = new ArrayList<>(((YamlList) earlier).items());
    all.addAll(((YamlList) later).items());
    return YamlList.of(later.at(), identity == null ? all : distinct(all));
  }

  private List<YamlNode> distinct(List<YamlNode> all) {
    Map<String, YamlNode> distinct = new LinkedHashMap<>();
    all.forEach(item -> distinct.put(identity.apply(item), item));
    return List.copyOf(distinct.values());
  }
}
