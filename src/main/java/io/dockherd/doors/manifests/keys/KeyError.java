package io.dockherd.doors.manifests.keys;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A request etcd would have refused:
 *
 * <pre>{"errorCode":100,"message":"Key not found","cause":"/apps/x","index":5}</pre>
 *
 * <p>Not a {@link io.dockherd.failure.Failure}: it speaks of etcd, not of the herd.
 */
public final class KeyError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String cause;
  private final transient OptionalLong index;

  private KeyError(ErrorCode code, String cause, OptionalLong index) {
    super(code.message() + ": " + cause, null, false, false);
    this.code = Objects.requireNonNull(code, "code");
    this.cause = Objects.requireNonNull(cause, "cause");
    this.index = index;
  }

  /** About what is there, at the index it has when it is answered. */
  public static KeyError of(ErrorCode code, String cause) {
    return new KeyError(code, cause, OptionalLong.empty());
  }

  /** About the request alone: then etcd says 0 for an index. */
  public static KeyError ofRequest(ErrorCode code, String cause) {
    return new KeyError(code, cause, OptionalLong.of(0));
  }

  /** Which error. */
  public ErrorCode code() {
    return code;
  }

  /** What its {@code index} says, if not the index of the moment. */
  public OptionalLong index() {
    return index;
  }

  /** The body. */
  public JsonObject json(long now) {
    return new JsonObject()
        .put("errorCode", code.number())
        .put("message", code.message())
        .put("cause", cause)
        .put("index", index.orElse(now));
  }
}
