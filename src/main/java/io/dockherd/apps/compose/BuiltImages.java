package io.dockherd.apps.compose;

import io.dockherd.compose.model.Build;
import io.dockherd.compose.model.Project;
import java.util.LinkedHashMap;
import java.util.Map;

/** The images of a project that are built, and not only fetched. */
final class BuiltImages {
  private BuiltImages() {}

  /** Image → how it is built, of all that are. */
  static Map<String, Build> of(Project project) {
    Map<String, Build> builds = new LinkedHashMap<>();
    project
        .services()
        .values()
        .forEach(service -> service.build().ifPresent(build -> builds.put(service.image(), build)));
    return builds;
  }

  /** What engines' classic builders can't do. */
  static void tell(Project project, Findings findings) {
    of(project)
        .forEach(
            (image, build) -> {
              if (build.platforms().size() > 1) {
                findings.warn(
                    "platforms " + image,
                    "the image "
                        + image
                        + " is built for "
                        + build.platforms().getFirst()
                        + " alone: one build makes an image of one platform");
              }
              if (build.isolation().isPresent()) {
                findings.warn(
                    "isolation",
                    "the image "
                        + image
                        + " is built without isolation: "
                        + build.isolation().get()
                        + ", which only engines on Windows know");
              }
            });
  }
}
