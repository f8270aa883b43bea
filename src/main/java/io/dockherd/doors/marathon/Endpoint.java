package io.dockherd.doors.marathon;

import io.dockherd.doors.Reply;

/** What is behind one path of the Marathon API. */
@FunctionalInterface
interface Endpoint {
  /**
   * Answers. Runs on a virtual thread of its own and may wait; what it throws is told in Marathon's
   * words.
   */
  Reply answer(MarathonCall call);
}
