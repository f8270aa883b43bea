package io.dockherd.doors.manifests.ledger;

import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * All manifests at a moment, as etcd would show them: {@code /apps} is always there, other
 * directories as long as there is a manifest in them.
 *
 * @param index of the last change
 */
public record Tree(NavigableMap<ManifestName, Entry> entries, long index) {
  private static final long BEGINNING = 1;

  public Tree {
    entries = Collections.unmodifiableNavigableMap(new TreeMap<>(entries));
  }

  /**
   * What is at a key, with the names below a directory; all that is below, if {@code isRecursive}.
   *
   * @throws KeyError when nothing is there
   */
  public Node get(Key key, boolean isRecursive) {
    return find(key, isRecursive).orElseThrow(() -> missing(key));
  }

  /** The same; empty when nothing is there. */
  public Optional<Node> find(Key key, boolean isRecursive) {
    if (Places.isManifest(key)) {
      return Places.find(key)
          .flatMap(name -> Optional.ofNullable(entries.get(name)).map(entry -> entry.node(name)));
    }
    boolean isPlace = key.isRoot() || key.segments().getFirst().equals("apps");
    List<ManifestName> below = below(key);
    boolean isThere = isPlace && (key.segments().size() < 2 || !below.isEmpty());
    return isThere
        ? Optional.of(directory(key, below, isRecursive ? Integer.MAX_VALUE : 1))
        : Optional.empty();
  }

  /** Whose manifests are below a key, or at it. */
  public List<ManifestName> below(Key key) {
    return entries.keySet().stream()
        .filter(name -> Places.key(name).equals(key) || Places.key(name).isBelow(key))
        .toList();
  }

  private Node directory(Key key, List<ManifestName> names, int depth) {
    List<Node> nodes = new ArrayList<>();
    if (depth > 0) {
      int place = key.segments().size();
      Map<String, List<ManifestName>> children = new TreeMap<>();
      names.forEach(
          name ->
              children
                  .computeIfAbsent(
                      Places.key(name).segments().get(place), first -> new ArrayList<>())
                  .add(name));
      if (key.isRoot()) {
        children.putIfAbsent(Places.APPS.segments().getFirst(), List.of());
      }
      children.forEach((child, of) -> nodes.add(child(key.below(child), of, depth - 1)));
    }
    return Node.directory(key, nodes, began(key, names));
  }

  private Node child(Key key, List<ManifestName> names, int depth) {
    return Places.isManifest(key)
        ? entries.get(names.getFirst()).node(names.getFirst())
        : directory(key, names, depth);
  }

  private long began(Key key, List<ManifestName> names) {
    ToLongFunction<Entry> which = key.segments().size() == 2 ? Entry::appBegan : Entry::began;
    return key.segments().size() < 2
        ? BEGINNING
        : names.stream().map(entries::get).mapToLong(which).min().orElse(BEGINNING);
  }

  /** That nothing is there, in etcd's words: it names the first part of the key that is missing. */
  public KeyError missing(Key key) {
    for (int i = 1; i < key.segments().size(); i++) {
      Optional<Node> parent = find(key.first(i), false);
      if (parent.filter(node -> !node.isDirectory()).isPresent()) {
        return KeyError.of(ErrorCode.NOT_A_DIRECTORY, key.first(i).toString());
      }
    }
    return KeyError.of(ErrorCode.KEY_NOT_FOUND, firstMissing(key).toString());
  }

  /** The first part of a key where nothing is; the key itself if something is everywhere above. */
  public Key firstMissing(Key key) {
    for (int i = 1; i < key.segments().size(); i++) {
      if (find(key.first(i), false).isEmpty()) {
        return key.first(i);
      }
    }
    return key;
  }
}
