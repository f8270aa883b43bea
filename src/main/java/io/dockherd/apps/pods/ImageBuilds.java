package io.dockherd.apps.pods;

import java.time.Duration;

/** Builds images of folders a node has fetched. */
@FunctionalInterface
interface ImageBuilds {
  /** Builds one; waits. */
  void build(InstanceKey key, Draft.ImageBuild build, Duration limit);
}
