package io.dockherd.compose.yaml;

import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlScalar.Kind;
import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Makes trees of a parser's events. An alias is the node it names, shared, so a bomb takes no room
 * here; what it would weigh written out is counted, and refused.
 */
final class Composer {
  private static final String MERGE = "<<";

  /** A finished node, how many nodes it is with its aliases written out, and how high it is. */
  private record Built(YamlNode node, long weight, int height) {}

  private final String file;
  private final YamlBudget budget;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<Anchor, Optional<Built>> anchors = new HashMap<>();

  Composer(String file, YamlBudget budget, Problems problems, Iterator<Event> events) {
    this.file = file;
    this.budget = budget;
    this.problems = problems;
    this.events = events;
  }

  List<YamlNode> documents() {
    List<YamlNode> documents = new ArrayList<>();
    while (events.hasNext()) {
      if (events.next().getEventId() == Event.ID.DocumentStart) {
        anchors.clear();
        YamlNode document = node(events.next(), 1).node();
        if (!document.isNothing()) {
          documents.add(document);
        }
      }
    }
    return documents;
  }

  private Built node(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return named(alias, depth);
    }
    if (depth > budget.limits().depth()) {
      throw tooDeep(event);
    }
    take(1, event);
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    anchor.ifPresent(name -> anchors.put(name, Optional.empty()));
    Built built =
        switch (event) {
          case ScalarEvent scalar -> new Built(scalar(scalar), 1, 1);
          case SequenceStartEvent list -> list(list, depth);
          case MappingStartEvent map -> map(map, depth);
          default -> throw problems.stop(at(event), "this is not YAML Compose knows", "");
        };
    anchor.ifPresent(name -> anchors.put(name, Optional.of(built)));
    return built;
  }

  private Built named(AliasEvent alias, int depth) {
    Optional<Built> target = anchors.get(alias.getAlias());
    if (target == null) {
      throw problems.stop(
          at(alias),
          "the alias *" + alias.getAlias().getValue() + " names no anchor above it",
          "write &" + alias.getAlias().getValue() + " where the value is first given");
    }
    Built built =
        target.orElseThrow(
            () ->
                problems.stop(
                    at(alias),
                    "the alias *" + alias.getAlias().getValue() + " would contain itself",
                    "take it out of what it names"));
    if (depth + built.height() > budget.limits().depth()) {
      throw tooDeep(alias);
    }
    take(built.weight(), alias);
    return built;
  }

  /** Before it is built: an endless list would be in memory before it is counted. */
  private void take(long nodes, Event event) {
    if (!budget.takeNodes(nodes)) {
      throw problems.stop(
          at(event),
          "with its aliases written out the project has more than the "
              + budget.limits().nodes()
              + " nodes allowed",
          "use fewer aliases, or several projects");
    }
  }

  private YamlScalar scalar(ScalarEvent event) {
    Position at = at(event);
    Tag tag = Tag.of(event.getTag().orElse("")).orElseThrow(() -> unknownTag(event));
    String text = event.getValue();
    boolean isPlain = event.getScalarStyle() == ScalarStyle.PLAIN && tag != Tag.TEXT;
    Kind kind = isPlain || tag.isTyped() ? PlainScalar.kind(text) : Kind.TEXT;
    if (!tag.fits(kind)) {
      throw unknownTag(event);
    }
    return new YamlScalar(at, tag.directive(), kind == Kind.NOTHING ? "" : text, kind);
  }

  private Built list(SequenceStartEvent start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    long weight = 1;
    int height = 1;
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      Built item = node(event, depth + 1);
      items.add(item.node());
      weight += item.weight();
      height = Math.max(height, item.height() + 1);
    }
    return new Built(new YamlList(at(start), directive(start), items), weight, height);
  }

  private Built map(MappingStartEvent start, int depth) {
    Map<String, YamlEntry> entries = new LinkedHashMap<>();
    Optional<Built> merged = Optional.empty();
    long weight = 1;
    int height = 1;
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      Position keyAt = at(event);
      String key = key(event, depth);
      Built value = node(events.next(), depth + 1);
      weight += 1 + value.weight();
      height = Math.max(height, value.height() + 1);
      boolean isMerge = key.equals(MERGE) && isPlain(event);
      if (isMerge ? merged.isPresent() : entries.containsKey(key)) {
        problems.add(
            keyAt,
            "the key '" + key + "' is here twice, first in line " + firstLine(entries, key, start),
            "keep one of them");
        continue;
      }
      if (isMerge) {
        merged = Optional.of(value);
      } else {
        entries.put(key, new YamlEntry(keyAt, value.node()));
      }
    }
    merged.ifPresent(value -> mergeInto(entries, value.node()));
    return new Built(new YamlMap(at(start), directive(start), entries), weight, height);
  }

  private int firstLine(Map<String, YamlEntry> entries, String key, Event start) {
    return Optional.ofNullable(entries.get(key))
        .map(YamlEntry::keyAt)
        .orElseGet(() -> at(start))
        .line();
  }

  private String key(Event event, int depth) {
    YamlNode key = node(event, depth + 1).node();
    if (!(key instanceof YamlScalar scalar) || scalar.isNothing()) {
      throw problems.stop(
          key.at(), "a key has to be a text, and this is " + key.portrait(), "quote it");
    }
    return scalar.text();
  }

  private static boolean isPlain(Event key) {
    return key instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  /** What is written here wins over what is merged in, and of a list the earlier wins. */
  private void mergeInto(Map<String, YamlEntry> entries, YamlNode source) {
    switch (source) {
      case YamlMap map -> map.entries().forEach(entries::putIfAbsent);
      case YamlList list when list.items().stream().allMatch(YamlMap.class::isInstance) ->
          list.items().forEach(item -> mergeInto(entries, item));
      default ->
          throw problems.stop(
              source.at(),
              "'<<' merges mappings, and this is " + source.portrait(),
              "name an anchor of a mapping, or a list of them");
    }
  }

  private Directive directive(CollectionStartEvent start) {
    Tag tag = Tag.of(start.getTag().orElse("")).orElseThrow(() -> unknownTag(start));
    boolean fits =
        switch (tag) {
          case NONE, RESET, OVERRIDE -> true;
          case MAP -> start instanceof MappingStartEvent;
          case LIST -> start instanceof SequenceStartEvent;
          case TEXT, FLAG, WHOLE, DECIMAL, NOTHING -> false;
        };
    if (!fits) {
      throw unknownTag(start);
    }
    return tag.directive();
  }

  private Invalid unknownTag(Event event) {
    return problems.stop(
        at(event),
        "the tag here is not one Compose knows, or does not fit the value",
        "leave it out; known are !reset and !override");
  }

  private Invalid tooDeep(Event event) {
    return problems.stop(
        at(event),
        "values lie more than " + budget.limits().depth() + " deep within each other here",
        "nest them less");
  }

  private Position at(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> Position.of(file));
  }
}
