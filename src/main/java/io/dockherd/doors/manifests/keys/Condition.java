package io.dockherd.doors.manifests.keys;

import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to be at a key before it is changed.
 *
 * @param value "" for any
 * @param index of its last change; 0 for any
 * @param exists whether it has to be there, or has not to; empty for either
 */
public record Condition(String value, long index, Optional<Boolean> exists) {
  /** Whatever is there. */
  public static final Condition NONE = new Condition("", 0, Optional.empty());

  public Condition {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(exists, "exists");
  }

  /** Whether anything is asked for. */
  public boolean isNone() {
    return equals(NONE);
  }

  private boolean compares() {
    return !value.isEmpty() || index > 0;
  }

  /**
   * What writing to a key does under this condition.
   *
   * @param now what is there; empty for nothing
   * @param missing what of the key is not there
   * @throws KeyError when the condition is not met
   */
  public Action writing(Key key, Optional<Node> now, Key missing) {
    if (exists.isPresent() && !exists.get()) {
      if (now.isPresent()) {
        throw KeyError.of(ErrorCode.EXISTS, key.toString());
      }
      return Action.CREATE;
    }
    if (exists.isEmpty() && !compares()) {
      return Action.SET;
    }
    Node there = now.orElseThrow(() -> KeyError.of(ErrorCode.KEY_NOT_FOUND, missing.toString()));
    if (!compares()) {
      return Action.UPDATE;
    }
    compare(there);
    return Action.COMPARE_AND_SWAP;
  }

  /**
   * What deleting what is there does under this condition.
   *
   * @throws KeyError when the condition is not met
   */
  public Action deleting(Node now) {
    if (!compares()) {
      return Action.DELETE;
    }
    if (now.isDirectory()) {
      throw KeyError.of(ErrorCode.NOT_A_FILE, now.key().toString());
    }
    compare(now);
    return Action.COMPARE_AND_DELETE;
  }

  private void compare(Node now) {
    String there = now.value().orElse("");
    boolean isValue = value.isEmpty() || value.equals(there);
    boolean isIndex = index == 0 || index == now.modified();
    if (isValue && isIndex) {
      return;
    }
    String values = "[" + value + " != " + there + "]";
    String indexes = "[" + index + " != " + now.modified() + "]";
    throw KeyError.of(
        ErrorCode.COMPARE_FAILED, isValue ? indexes : isIndex ? values : values + " " + indexes);
  }
}
