package io.dockherd.doors.manifests.keys;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to a key, or what was read.
 *
 * <pre>{"action":"set","node":{…},"prevNode":{…}}</pre>
 *
 * @param previous what was there before
 */
public record KeyEvent(Action action, Node node, Optional<Node> previous) {
  /** What happened. */
  public enum Action {
    GET("get"),
    SET("set"),
    UPDATE("update"),
    CREATE("create"),
    COMPARE_AND_SWAP("compareAndSwap"),
    DELETE("delete"),
    COMPARE_AND_DELETE("compareAndDelete");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    /** As etcd calls it. */
    public String word() {
      return word;
    }

    /** Whether nothing is there after it. */
    public boolean isDeletion() {
      return this == DELETE || this == COMPARE_AND_DELETE;
    }

    /** Whether a key that was there is another one after it, with an age of its own. */
    boolean isAnew() {
      return this == SET || this == CREATE;
    }

    private static Action of(String word) {
      for (Action action : values()) {
        if (action.word.equals(word)) {
          return action;
        }
      }
      throw new IllegalArgumentException("no such action: " + word);
    }
  }

  public KeyEvent {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(previous, "previous");
  }

  /** A key gets a value at that index. */
  public static KeyEvent written(
      Action action, Key key, String value, Optional<Node> previous, long index) {
    long created = action.isAnew() ? index : previous.map(Node::created).orElse(index);
    return new KeyEvent(action, Node.file(key, value, index, created), previous);
  }

  /** A key or a directory is deleted at that index. */
  public static KeyEvent deleted(Action action, Node what, long index) {
    return new KeyEvent(action, what.deletedAt(index), Optional.of(what.closed()));
  }

  /** When it happened. */
  public long index() {
    return node.modified();
  }

  /** Whether something is there that was not. */
  public boolean isCreation() {
    return action == Action.CREATE || action == Action.SET && previous.isEmpty();
  }

  /** Whether somebody who watches {@code key}, or all below it, is to be told. */
  public boolean concerns(Key key, boolean isRecursive) {
    boolean isOfDirectory = previous.filter(Node::isDirectory).isPresent();
    return node.key().equals(key)
        || isRecursive && node.key().isBelow(key)
        || action.isDeletion() && isOfDirectory && key.isBelow(node.key());
  }

  /** Reads what {@link #json} wrote. */
  public static KeyEvent of(JsonObject json) {
    return new KeyEvent(
        Action.of(json.getString("action", "")),
        Node.of(json.getJsonObject("node")),
        Optional.ofNullable(json.getJsonObject("prevNode")).map(Node::of));
  }

  /** As etcd writes it. */
  public JsonObject json() {
    JsonObject json = new JsonObject().put("action", action.word()).put("node", node.json());
    previous.ifPresent(before -> json.put("prevNode", before.json()));
    return json;
  }
}
