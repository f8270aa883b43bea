package io.dockherd.herd.group;

/**
 * The receiving end of a {@link Channel}.
 *
 * <p>{@link #onView} and {@link #onMessage} are called one after the other, never two at once for
 * one participant: what they see is in order (a peer's first message comes after the view in which
 * it joined). They must not wait for anything, least of all an {@link Channel#ask}; what takes time
 * goes to a virtual thread.
 */
public interface Participant {
  /** The set of present peers has changed; also called with the first view. */
  void onView(View view);

  /** A peer told something, to all or to this peer alone. */
  void onMessage(PeerId from, byte[] message);

  /**
   * A peer asks and waits for what is returned; called on a virtual thread of its own, so it may
   * wait. A thrown {@link io.dockherd.failure.Failure} reaches the asker as a {@link
   * io.dockherd.failure.Refused} with its explanation.
   */
  default byte[] onQuestion(PeerId from, byte[] question) {
    throw new UnsupportedOperationException("this channel takes no questions");
  }
}
