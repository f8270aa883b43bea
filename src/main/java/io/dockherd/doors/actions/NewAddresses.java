package io.dockherd.doors.actions;

import io.dockherd.fleet.Creation;
import java.time.Duration;
import java.util.List;

/** Holds the answer to a create back until its containers can be reached by their ids. */
@FunctionalInterface
public interface NewAddresses {
  /**
   * Waits until the bus address of each is open at the node that has it; returns all the same when
   * the limit passes first, for made they are.
   */
  void await(List<Creation.Created> made, Duration limit);
}
