package io.dockherd.doors;

import java.time.Duration;
import java.util.Objects;

/**
 * What a listener puts up with, so that no caller can use up the node.
 *
 * @param bodyBytes the largest request body
 * @param heldBytes the bodies of all calls in work together; what exceeds it waits outside (503)
 * @param headerBytes all header lines of a request together
 * @param lineBytes the request line
 * @param calls in work at once; more are answered 503
 * @param connections open at once; more are closed
 * @param receive how long a request may take to arrive whole
 * @param idle how long a connection may stay open without a request in work
 */
public record DoorLimits(
    int bodyBytes,
    long heldBytes,
    int headerBytes,
    int lineBytes,
    int calls,
    int connections,
    Duration receive,
    Duration idle) {
  /** Fit for a small heap: eight full bodies fit at once. */
  public static final DoorLimits DEFAULT =
      new DoorLimits(
          2 << 20,
          16 << 20,
          16 << 10,
          8 << 10,
          256,
          2048,
          Duration.ofSeconds(30),
          Duration.ofMinutes(2));

  public DoorLimits {
    Objects.requireNonNull(receive, "receive");
    Objects.requireNonNull(idle, "idle");
    if (bodyBytes < 1 || heldBytes < bodyBytes || headerBytes < 256 || lineBytes < 64) {
      throw new IllegalArgumentException("limits too small to let any request through");
    }
    if (calls < 1 || connections < 1) {
      throw new IllegalArgumentException("a door that lets nobody in");
    }
  }

  /** The same with another largest body. */
  public DoorLimits withBodyBytes(int bytes) {
    return new DoorLimits(
        bytes,
        Math.max(heldBytes, bytes),
        headerBytes,
        lineBytes,
        calls,
        connections,
        receive,
        idle);
  }

  /** The same with other limits for a request's line and its headers. */
  public DoorLimits withHead(int line, int headers) {
    return new DoorLimits(bodyBytes, heldBytes, headers, line, calls, connections, receive, idle);
  }

  /** The same with another number of calls in work at once. */
  public DoorLimits withCalls(int most) {
    return new DoorLimits(
        bodyBytes, heldBytes, headerBytes, lineBytes, most, connections, receive, idle);
  }
}
