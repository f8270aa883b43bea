package io.dockherd.doors.bridges;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What a bridge lets through, and what it puts up with. {@link #of} gives the defaults.
 *
 * @param cluster the base of the bus's addresses
 * @param origins web pages that may use the SockJS bridge, as {@code https://console.example}; a
 *     browser says on every connection which page it is for, other programs say nothing and need
 *     not be named
 * @param messageBytes 256 KiB: the longest message taken; whoever sends a longer one is cut off
 * @param heldBytes 8 MiB: the messages of all connections that are in work at one time; the others
 *     wait
 * @param inWork 64: messages of one connection that are in work at one time; then it is not read
 *     from until one is answered
 * @param connections 64: more are closed as they come
 * @param unsentBytes 1 MiB: what may wait for a client that does not read; past it, one that
 *     listens to events is cut off, for it has lost touch anyway
 * @param answer 30 s: how long an answer is waited for when the message names no time in its header
 *     {@code timeout} (milliseconds)
 * @param longestAnswer 15 min: the most a message may name
 */
public record BridgeSettings(
    String cluster,
    Set<String> origins,
    int messageBytes,
    int heldBytes,
    int inWork,
    int connections,
    int unsentBytes,
    Duration answer,
    Duration longestAnswer) {
  public BridgeSettings {
    Objects.requireNonNull(cluster, "cluster");
    origins = Set.copyOf(origins);
    if (messageBytes < 1 || heldBytes < messageBytes || inWork < 1 || unsentBytes < 1) {
      throw new IllegalArgumentException("limits too small to let any message through");
    }
  }

  /** The defaults. */
  public static BridgeSettings of(String cluster) {
    return new BridgeSettings(
        cluster,
        Set.of(),
        256 << 10,
        8 << 20,
        64,
        64,
        1 << 20,
        Duration.ofSeconds(30),
        Duration.ofMinutes(15));
  }

  /** The same, for these web pages too. */
  public BridgeSettings withOrigins(Set<String> pages) {
    return new BridgeSettings(
        cluster,
        pages,
        messageBytes,
        heldBytes,
        inWork,
        connections,
        unsentBytes,
        answer,
        longestAnswer);
  }

  /** The same with other bounds, for tests. */
  BridgeSettings withBounds(int otherMessageBytes, int otherInWork, int otherConnections) {
    return new BridgeSettings(
        cluster,
        origins,
        otherMessageBytes,
        heldBytes,
        otherInWork,
        otherConnections,
        otherMessageBytes,
        answer,
        longestAnswer);
  }
}
