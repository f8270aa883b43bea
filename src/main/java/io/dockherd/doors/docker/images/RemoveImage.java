package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Ambiguous;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.KnownImage;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code DELETE /images/{name}}: at every node that has it. What one says several say; it is told
 * once. When some can't (a container uses it) the answer is theirs, with what became of it at the
 * others.
 */
record RemoveImage(ImageLookup lookup) {
  /** Taking layers off a disk takes its time. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  RemoveImage {
    Objects.requireNonNull(lookup, "lookup");
  }

  List<Route> routes() {
    return List.of(Route.change("DELETE", "/images/{name}", "image.delete", this::answer));
  }

  private Reply answer(DockerCall call) {
    String reference = call.name("name");
    List<Owner> owners = lookup.all(reference);
    checkId(reference, owners);
    Map<String, Host> hosts = new LinkedHashMap<>();
    owners.forEach(owner -> hosts.put(owner.node(), owner.host()));
    EngineRequest request = call.toEngine(LIMIT, "images", reference);
    return told(call.open().whileThere(() -> EachHost.ask(List.copyOf(hosts.values()), request)));
  }

  /** A name may mean several images, which go all; an id means one. */
  private static void checkId(String reference, List<Owner> owners) {
    Set<String> ids = owners.stream().map(Owner::id).collect(Collectors.toSet());
    boolean isById =
        ids.stream().anyMatch(id -> id.substring(id.indexOf(':') + 1).startsWith(reference));
    if (isById && ids.size() > 1) {
      throw new Ambiguous(
          reference,
          owners.stream()
              .map(owner -> KnownImage.shortId(owner.id()) + " on " + owner.node())
              .toList());
    }
  }

  private static Reply told(List<EachHost.Word> words) {
    List<EachHost.Word> done = words.stream().filter(EachHost.Word::isSuccess).toList();
    // Gone in the meantime is as good, unless nobody had it any more.
    List<EachHost.Word> failed =
        words.stream()
            .filter(each -> !each.isSuccess() && (status(each) != 404 || done.isEmpty()))
            .toList();
    if (failed.isEmpty()) {
      Set<Object> removed = new LinkedHashSet<>();
      for (EachHost.Word each : done) {
        if (each.json() instanceof JsonArray list) {
          list.forEach(removed::add);
        }
      }
      return Replies.json(200, new JsonArray(List.copyOf(removed)));
    }
    String problems =
        failed.stream()
            .map(each -> each.trouble() + " (" + each.host().node() + ")")
            .collect(Collectors.joining("; "));
    String others =
        done.isEmpty()
            ? ""
            : "; removed from "
                + done.stream().map(each -> each.host().node()).collect(Collectors.joining(", "));
    int status =
        failed.stream().mapToInt(RemoveImage::status).filter(code -> code != 0).max().orElse(503);
    boolean isConflict = failed.stream().anyMatch(each -> status(each) == 409);
    throw new DockerError(isConflict ? 409 : status, problems + others);
  }

  /** 0 when there was no answer. */
  private static int status(EachHost.Word word) {
    return word.response().map(EngineResponse::status).orElse(0);
  }
}
