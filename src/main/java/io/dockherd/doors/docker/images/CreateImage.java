package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Route;
import java.util.List;
import java.util.Objects;

/** {@code POST /images/create}: a pull, or an import. */
record CreateImage(PullImage pull, ImportImage imported) {
  CreateImage {
    Objects.requireNonNull(pull, "pull");
    Objects.requireNonNull(imported, "imported");
  }

  List<Route> routes() {
    return List.of(Route.change("POST", "/images/create", "image.create", this::answer));
  }

  private Reply answer(DockerCall call) {
    if (!call.query().text("fromImage").isEmpty()) {
      return pull.answer(call);
    }
    if (!call.query().text("fromSrc").isEmpty()) {
      return imported.answer(call);
    }
    throw new DockerError(400, "neither fromImage nor fromSrc says what to create");
  }
}
