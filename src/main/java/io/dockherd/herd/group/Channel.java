package io.dockherd.herd.group;

import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;

/**
 * One subject's messages within the group.
 *
 * <p>Messages of one sender arrive at one receiver in the order they were sent, {@link #broadcast}
 * and {@link #tell} alike; each exactly once while both share a view. A message to a peer that is
 * leaving may be lost: whoever needs certainty asks.
 */
public interface Channel {
  /** Sends to all other present peers; returns without waiting for them. */
  void broadcast(byte[] message);

  /** Sends to one peer; returns without waiting for it. Silently dropped when it is not present. */
  void tell(PeerId to, byte[] message);

  /**
   * Sends to one peer and waits for what its {@link Participant#onQuestion} answers. To be called
   * on a virtual thread.
   *
   * @throws Unreachable when the peer is not present or leaves before it answers
   * @throws TimedOut when the limit passes
   */
  byte[] ask(PeerId to, byte[] question, Duration limit);
}
