package io.dockherd.herd.links;

import java.time.Duration;
import java.util.Objects;

/**
 * Where the relay listens, and its limits. {@link #of} gives the defaults.
 *
 * @param bind the address to listen on
 * @param port the port to listen on; 0 takes any free one
 * @param connect 5 s: the limit for opening a connection. Longer makes every call to a host that is
 *     gone wait
 * @param handshake 20 s: the limit for TLS on an open connection. Whoever took the connection
 *     lives, and may be busy on all cores; how long that may take is for each call's own limit to
 *     say
 * @param idle 60 s: how long a connection between two requests is kept. Longer spares handshakes
 * @param maxHeadBytes 64 KiB: of a request's or answer's headers, and of the request line; registry
 *     credentials and filters travel there
 * @param maxQuestionBytes 4 MiB: of a question's JSON, held in memory
 * @param maxAnswerBytes 16 MiB: of an answer's JSON, held in memory
 */
public record RelaySettings(
    String bind,
    int port,
    Duration connect,
    Duration handshake,
    Duration idle,
    int maxHeadBytes,
    int maxQuestionBytes,
    int maxAnswerBytes) {
  private static final int KIB = 1024;

  public RelaySettings {
    Objects.requireNonNull(bind, "bind");
    Objects.requireNonNull(connect, "connect");
    Objects.requireNonNull(handshake, "handshake");
    Objects.requireNonNull(idle, "idle");
  }

  /** The defaults, on an address. */
  public static RelaySettings of(String bind, int port) {
    return new RelaySettings(
        bind,
        port,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        64 * KIB,
        4 * KIB * KIB,
        16 * KIB * KIB);
  }
}
