package io.dockherd.apps.compose;

import io.dockherd.apps.pods.Draft;
import io.dockherd.apps.pods.DraftReader;
import io.dockherd.compose.model.Build;
import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the Compose files a node has fetched for an instance. */
public final class ComposeDrafts implements DraftReader {
  private static final Log LOG = Log.of(ComposeDrafts.class);

  @Override
  public Draft read(Path folder, List<String> files, StartedInstance instance) {
    ComposePod pod =
        ComposePod.read(
            new ComposePod.Request(
                folder,
                files,
                instance.environment(),
                instance.taskId(),
                instance.ports(),
                instance.revision().config().pod().resources()));
    pod.warnings()
        .forEach(warning -> LOG.warn("compose pod", "task", instance.taskId(), "warning", warning));
    List<Draft.ImageBuild> builds = new ArrayList<>();
    pod.builds().forEach((image, build) -> builds.add(build(image, build)));
    return new Draft(
        pod.containers(), pod.ports(), pod.networks(), pod.volumes(), builds, pod.warnings());
  }

  private static Draft.ImageBuild build(String image, Build build) {
    if (BuildCall.isOfAddress(build)) {
      throw new Refused(
          image,
          "the image " + image + " is built of " + build.context() + ", which is not fetched",
          "pack what it is built of with the files");
    }
    if (build.dockerfileInline().isPresent()) {
      throw new Refused(
          image,
          "the image " + image + " has its Dockerfile in the Compose file",
          "pack it as a file with the rest");
    }
    return new Draft.ImageBuild(
        image, Path.of(build.context()), BuildCall.query(build, Optional.empty()));
  }
}
