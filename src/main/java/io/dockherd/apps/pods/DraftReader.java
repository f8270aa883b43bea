package io.dockherd.apps.pods;

import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes a pod of Compose files among what a node has fetched for an instance. It reads nothing
 * outside of the folder.
 */
@FunctionalInterface
public interface DraftReader {
  /** For nodes that read none. */
  DraftReader NONE =
      (folder, files, instance) -> {
        throw new Refused(String.join(", ", files), "this node reads no Compose files", "");
      };

  /**
   * Reads them.
   *
   * @param folder the instance's own
   * @param files below it, in the order they are merged
   * @throws io.dockherd.failure.Invalid when they can't be read, with file and line
   * @throws Refused when they publish more ports than there are
   */
  Draft read(Path folder, List<String> files, StartedInstance instance);

  /**
   * The instance they are read for.
   *
   * @param ports on the host, for what the files publish, in the order it is met
   * @param environment what variables in the files stand for: {@code PORT0}, {@code MESOS_TASK_ID}
   *     and the like
   */
  record StartedInstance(
      Revision revision, String taskId, List<Integer> ports, Map<String, String> environment) {
    public StartedInstance {
      ports = List.copyOf(ports);
      environment = Map.copyOf(environment);
    }
  }
}
