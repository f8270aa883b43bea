package io.dockherd.doors.apps;

import io.dockherd.doors.Reply;

/** What is behind a path of the apps door. */
@FunctionalInterface
interface Endpoint {
  /** Answers; waits. What it throws becomes the door's words for it. */
  Reply answer(AppsCall call);
}
