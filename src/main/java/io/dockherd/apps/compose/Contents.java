package io.dockherd.apps.compose;

import io.dockherd.compose.model.Content;
import io.vertx.core.buffer.Buffer;

/** Reads what configs and secrets hold, where the caller is. */
@FunctionalInterface
public interface Contents {
  /**
   * What is in it.
   *
   * @throws io.dockherd.failure.Failure when it is not there or can't be read
   */
  Buffer of(Content content);
}
