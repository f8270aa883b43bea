package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.EachHost;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code POST /images/{name}/tag}: at every node that has the image. */
record TagImage(ImageLookup lookup) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  TagImage {
    Objects.requireNonNull(lookup, "lookup");
  }

  List<Route> routes() {
    return List.of(Route.change("POST", "/images/{name}/tag", "image.tag", this::answer));
  }

  private Reply answer(DockerCall call) {
    List<Owner> owners = lookup.newest(call.name("name"));
    // By its id: meanwhile the name could come to mean another image at some of them.
    EngineRequest request = call.toEngine(LIMIT, "images", owners.getFirst().id(), "tag");
    List<EachHost.Word> words =
        call.open()
            .whileThere(() -> EachHost.ask(owners.stream().map(Owner::host).toList(), request));
    List<EachHost.Word> failed = words.stream().filter(each -> !each.isSuccess()).toList();
    if (failed.isEmpty()) {
      return Replies.empty(201);
    }
    if (failed.size() == words.size() && failed.getFirst().response().isPresent()) {
      return Replies.of(failed.getFirst().response().get());
    }
    String problems =
        failed.stream()
            .map(each -> each.host().node() + ": " + each.trouble())
            .collect(Collectors.joining("; "));
    String done =
        words.stream()
            .filter(EachHost.Word::isSuccess)
            .map(each -> each.host().node())
            .collect(Collectors.joining(", "));
    throw new DockerError(
        500, "not tagged at " + problems + (done.isEmpty() ? "" : "; tagged at " + done));
  }
}
