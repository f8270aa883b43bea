package io.dockherd.doors.docker;

import io.dockherd.doors.Reply;
import io.vertx.core.Future;
import java.util.Optional;

/** What is behind one path of the Docker API. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers. Runs on a virtual thread of its own and may wait; what it throws ({@link
   * io.dockherd.failure.Failure}, {@link DockerError}) is told in Docker's words.
   */
  Reply answer(DockerCall call);

  /**
   * Answers without waiting but for an engine, on the event loop: must not wait nor take long.
   * Empty when it needs more; then it goes to {@link #answer}. For reads only.
   */
  default Optional<Future<Reply>> atOnce(DockerCall call) {
    return Optional.empty();
  }
}
