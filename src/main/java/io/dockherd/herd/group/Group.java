package io.dockherd.herd.group;

/**
 * The peers of one herd that can reach each other just now.
 *
 * <p>Open every channel before {@link #join}, so that nothing is missed.
 */
public interface Group extends AutoCloseable {
  /** This process. Known before joining. */
  PeerId self();

  /** Opens the channel of that name; one participant a name. */
  Channel open(String channel, Participant participant);

  /** Joins; returns when the first view is installed and delivered to all participants. */
  void join();

  /** The latest view; before joining, this peer alone with number 0. */
  View view();

  /** Leaves orderly, so that the others need not find out. */
  @Override
  void close();
}
