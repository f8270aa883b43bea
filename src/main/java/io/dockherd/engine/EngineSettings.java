package io.dockherd.engine;

import java.time.Duration;
import java.util.Objects;

/**
 * How an engine is used.
 *
 * @param connectLimit how long one connection may take to come about, TLS not counted. A local
 *     socket answers in microseconds; over TCP this bounds how long a dead host is waited for,
 *     whatever limit the request has
 * @param probeLimit how long {@code /_ping} may take: asked to learn the version and, when the
 *     event stream is silent, whether the engine still lives. Short: an engine too busy to answer a
 *     ping within it is of no use either; not so short that a loaded machine looks dead
 * @param readConnections at most so many GET and HEAD requests at once; more wait. An engine
 *     answers reads in parallel, but beyond its cores more connections only add memory
 * @param commandConnections at most so many other requests at once (create, start, stop, …). Apart
 *     from the reads, because sixty stops with a grace time of half a minute each must not keep an
 *     inspect waiting
 * @param streamConnections at most so many streams at once (logs, events, copies). Each lasts as
 *     long as somebody listens, so they have connections of their own, and many
 * @param dialsAtOnce at most so many connections of each kind are being made at once; who waits
 *     takes one that comes free meanwhile. A burst of short calls then makes do with a few, and one
 *     of TLS handshakes does not starve itself beyond their time limit
 * @param waitingRequests at most so many requests waiting for one of those connections; the next
 *     fails at once, for a queue that long is not worked off in time
 * @param idleLimit a connection unused so long is closed. Longer saves connecting anew, shorter
 *     saves file handles on both sides
 * @param bodyLimitBytes the largest answer {@link Engine#call} keeps in memory. A list of ten
 *     thousand containers takes about 10 MB; what is larger is to be streamed
 * @param events how the event stream is followed
 */
public record EngineSettings(
    Duration connectLimit,
    Duration probeLimit,
    int readConnections,
    int commandConnections,
    int streamConnections,
    int dialsAtOnce,
    int waitingRequests,
    Duration idleLimit,
    int bodyLimitBytes,
    Events events) {

  /**
   * How an event stream is followed.
   *
   * @param silence after so long without a byte the engine is asked whether it lives; with {@code
   *     probeLimit} this is how late a hung engine is noticed
   * @param firstRetry the pause before the first attempt to connect again; doubled with each
   * @param lastRetry the longest such pause: how late a returned engine is noticed
   * @param overlap how far before the last event seen a new stream starts. Engines stamp an event
   *     before they put it in line, so that two may come in the wrong order; what was told already
   *     is told apart by its time and text and not told again
   * @param eventLimitBytes a larger event is skipped and logged. Usual ones take half a kilobyte; a
   *     container's labels, which nobody limits, are repeated in each
   */
  public record Events(
      Duration silence,
      Duration firstRetry,
      Duration lastRetry,
      Duration overlap,
      int eventLimitBytes) {
    public Events {
      positive(silence, "silence");
      positive(firstRetry, "firstRetry");
      positive(lastRetry, "lastRetry");
      positive(eventLimitBytes, "eventLimitBytes");
      Objects.requireNonNull(overlap, "overlap");
    }

    /** What fits an engine on the same machine or in the same building. */
    public static Events defaults() {
      return new Events(
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          1 << 20);
    }
  }

  public EngineSettings {
    positive(connectLimit, "connectLimit");
    positive(probeLimit, "probeLimit");
    positive(readConnections, "readConnections");
    positive(commandConnections, "commandConnections");
    positive(streamConnections, "streamConnections");
    positive(dialsAtOnce, "dialsAtOnce");
    positive(waitingRequests, "waitingRequests");
    positive(idleLimit, "idleLimit");
    positive(bodyLimitBytes, "bodyLimitBytes");
    Objects.requireNonNull(events, "events");
  }

  /** What fits an engine on the same machine or in the same building. */
  public static EngineSettings defaults() {
    return new EngineSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        32,
        64,
        1024,
        16,
        1024,
        Duration.ofSeconds(60),
        64 << 20,
        Events.defaults());
  }

  /**
   * The same for an engine behind another node's relay: each connection costs both sides some ten
   * milliseconds of TLS, and is to be closed by this side before the relay does, which could be
   * under a request just sent.
   */
  public EngineSettings relayed() {
    return new EngineSettings(
        connectLimit,
        probeLimit,
        readConnections,
        commandConnections,
        streamConnections,
        4,
        waitingRequests,
        Duration.ofSeconds(25),
        bodyLimitBytes,
        events);
  }

  private static void positive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
  }

  private static void positive(int number, String name) {
    if (number <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + number);
    }
  }
}
