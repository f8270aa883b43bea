package io.dockherd.doors.manifests.keys;

import java.util.Objects;
import java.util.Optional;

/**
 * What a request about a key says, checked as etcd checks it, and in the same order.
 *
 * @param condition what has to be at the key before
 * @param waiting for a change, instead of being told what is there
 * @param hasLifetime whether the key is to go after a time
 * @param isRefresh whether only that time is to begin anew
 */
public record KeyRequest(
    String method,
    Optional<String> value,
    Condition condition,
    boolean isRecursive,
    boolean isSorted,
    boolean isDirectory,
    Optional<Wait> waiting,
    boolean hasLifetime,
    boolean isRefresh,
    boolean isSilent) {
  /**
   * What somebody waits for.
   *
   * @param index from which on; 0 for the next
   * @param isStream whether more is wanted after the first
   */
  public record Wait(long index, boolean isStream) {}

  public KeyRequest {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(waiting, "waiting");
  }

  /**
   * Reads one.
   *
   * @throws KeyError when something in it is wrong
   */
  public static KeyRequest of(String method, Form form) {
    long prevIndex = form.number("prevIndex", ErrorCode.INDEX_IS_NO_NUMBER);
    long waitIndex = form.number("waitIndex", ErrorCode.INDEX_IS_NO_NUMBER);
    boolean isRecursive = form.flag("recursive").orElse(false);
    boolean isSorted = form.flag("sorted").orElse(false);
    boolean isWait = form.flag("wait").orElse(false);
    boolean isDirectory = form.flag("dir").orElse(false);
    form.flag("quorum");
    boolean isStream = form.flag("stream").orElse(false);
    if (isWait && !method.equals("GET")) {
      throw invalid("\"wait\" can only be used with GET requests");
    }
    Optional<String> prevValue = form.text("prevValue");
    if (prevValue.isPresent() && prevValue.get().isEmpty()) {
      throw KeyError.ofRequest(ErrorCode.PREVIOUS_VALUE_REQUIRED, "\"prevValue\" cannot be empty");
    }
    boolean isSilent = form.flag("noValueOnSuccess").orElse(false);
    boolean hasLifetime = form.text("ttl").filter(ttl -> !ttl.isEmpty()).isPresent();
    if (hasLifetime) {
      form.number("ttl", ErrorCode.TTL_IS_NO_NUMBER);
    }
    Optional<Boolean> prevExist = form.flag("prevExist");
    return new KeyRequest(
        method,
        form.text("value"),
        new Condition(prevValue.orElse(""), prevIndex, prevExist),
        isRecursive,
        isSorted,
        isDirectory,
        isWait ? Optional.of(new Wait(waitIndex, isStream)) : Optional.empty(),
        hasLifetime,
        form.flag("refresh").orElse(false),
        isSilent);
  }

  private static KeyError invalid(String cause) {
    return KeyError.ofRequest(ErrorCode.INVALID_FIELD, cause);
  }
}
