package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is read of an image, from a node that has it; from the next one when that does not answer.
 */
record ReadImage(ImageLookup lookup) {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** An engine packs all of it before the first byte comes. */
  private static final Duration PACKED = Duration.ofHours(1);

  ReadImage {
    Objects.requireNonNull(lookup, "lookup");
  }

  List<Route> routes() {
    return List.of(
        Route.read("GET", "/images/{name}/json", "image.inspect", call -> one(call, "json", SOON)),
        Route.read(
            "GET", "/images/{name}/history", "image.history", call -> one(call, "history", SOON)),
        Route.read("GET", "/images/{name}/get", "image.save", call -> one(call, "get", PACKED)),
        Route.read("GET", "/images/get", "image.save", this::several));
  }

  private Reply one(DockerCall call, String what, Duration limit) {
    String reference = call.name("name");
    return Replies.of(
        call.open()
            .whileThere(
                () ->
                    first(
                        lookup.newest(reference),
                        call.toEngine(limit, "images", reference, what))));
  }

  /** The answer of the first that gives one; what the last said when none does. */
  private static EngineStream first(List<Owner> owners, EngineRequest request) {
    List<String> troubles = new ArrayList<>();
    for (Owner owner : owners) {
      try {
        EngineStream stream = owner.host().stream(request);
        boolean isLast = troubles.size() == owners.size() - 1;
        if (stream.status() < 300 || isLast) {
          return stream;
        }
        stream.close();
        troubles.add(owner.node() + ": it answered " + stream.status());
      } catch (Failure e) {
        troubles.add(e.getMessage());
      }
    }
    throw new DockerError(503, "no node that has it answers: " + String.join("; ", troubles));
  }

  /** {@code GET /images/get?names=a&names=b}: from a node that has them all. */
  private Reply several(DockerCall call) {
    List<String> names = names(call);
    List<List<Owner>> owners = new ArrayList<>();
    for (String name : names) {
      owners.add(lookup.all(name));
    }
    List<Owner> having = new ArrayList<>(owners.getFirst());
    for (List<Owner> each : owners) {
      Set<String> nodes = each.stream().map(Owner::node).collect(Collectors.toSet());
      having.removeIf(owner -> !nodes.contains(owner.node()));
    }
    if (having.isEmpty()) {
      throw new NotFound(
          String.join(" ", names),
          "no node has all of these images: " + where(names, owners),
          "pull or run them on one node first, or save them one by one");
    }
    EngineRequest request = call.toEngine(PACKED, "images", "get");
    return Replies.of(call.open().whileThere(() -> first(having, request)));
  }

  private static List<String> names(DockerCall call) {
    Set<String> names = new LinkedHashSet<>();
    call.query().texts("names").forEach(each -> names.addAll(List.of(each.split(","))));
    names.remove("");
    if (names.isEmpty()) {
      throw new DockerError(400, "names of images are missing: ?names=busybox&names=web:1");
    }
    return List.copyOf(names);
  }

  private static String where(List<String> names, List<List<Owner>> owners) {
    List<String> each = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Set<String> nodes =
          owners.get(i).stream().map(Owner::node).collect(Collectors.toCollection(TreeSet::new));
      each.add(names.get(i) + " is on " + String.join(", ", nodes));
    }
    return String.join("; ", each);
  }
}
