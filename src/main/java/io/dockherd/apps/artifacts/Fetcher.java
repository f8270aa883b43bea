package io.dockherd.apps.artifacts;

import io.dockherd.apps.model.Artifact;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches one artifact. */
@FunctionalInterface
public interface Fetcher {
  /**
   * Fetches it into a folder; waits, and may be interrupted.
   *
   * @throws io.dockherd.failure.Failure with its address in the message, when it can't be had
   */
  void fetch(Artifact artifact, Path folder, Duration limit);
}
