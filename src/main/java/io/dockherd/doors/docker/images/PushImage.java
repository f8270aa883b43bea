package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.images.Feed;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Messages;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code POST /images/{name}/push}: from a node that has exactly that name, of several images of it
 * the newest; the stream's first line says from which.
 */
record PushImage(ImageLookup lookup) {
  private static final Duration LIMIT = Duration.ofHours(1);

  PushImage {
    Objects.requireNonNull(lookup, "lookup");
  }

  List<Route> routes() {
    return List.of(Route.change("POST", "/images/{name}/push", "image.push", this::answer));
  }

  private Reply answer(DockerCall call) {
    String name = call.name("name");
    String tag = call.query().text("tag");
    Reference reference = Reference.parse(tag.isEmpty() ? name : name + ":" + tag);
    List<Owner> owners = owners(reference, tag);
    EngineRequest request = call.toEngine(LIMIT, "images", name, "push");
    return call.open().whileThere(() -> first(owners, request, reference));
  }

  /** Without a tag all tags of the name are pushed: from the node whose image of it is newest. */
  private List<Owner> owners(Reference reference, String tag) {
    if (!tag.isEmpty() || reference.isDigested()) {
      return lookup.newest(reference.listed());
    }
    List<Owner> owners =
        lookup.index().all().stream()
            .filter(
                image ->
                    image.tags().stream()
                        .anyMatch(each -> Reference.parse(each).name().equals(reference.name())))
            .filter(image -> lookup.nodes().trouble(image.node()).isEmpty())
            .sorted(java.util.Comparator.comparing(KnownImage::created).reversed())
            .map(image -> new Owner(lookup.nodes().fleet().host(image.node()), image.id()))
            .toList();
    return owners.isEmpty() ? lookup.newest(reference.listed()) : owners;
  }

  private static Reply first(List<Owner> owners, EngineRequest request, Reference reference) {
    List<String> troubles = new ArrayList<>();
    for (Owner owner : owners) {
      try {
        EngineStream stream = owner.host().stream(request);
        return stream.status() >= 300 ? Replies.of(stream) : told(stream, owner, reference);
      } catch (Failure e) {
        troubles.add(e.getMessage());
      }
    }
    throw new DockerError(503, "no node that has it answers: " + String.join("; ", troubles));
  }

  private static Reply told(EngineStream stream, Owner owner, Reference reference) {
    Feed feed = new Feed(stream::close);
    String from =
        "Pushing " + reference + " (" + KnownImage.shortId(owner.id()) + ") from " + owner.node();
    Thread.ofVirtual()
        .name("push " + reference)
        .start(
            () ->
                feed.endAfter(
                    () -> {
                      feed.write(new JsonObject().put("status", from));
                      pass(stream, owner, feed);
                    }));
    return Replies.of(feed.stream());
  }

  private static void pass(EngineStream stream, Owner owner, Feed feed) {
    Messages messages = new Messages(stream.body(), owner.node());
    try {
      Optional<JsonObject> message = messages.next(LIMIT);
      while (message.isPresent() && feed.write(message.get())) {
        message = messages.next(LIMIT);
      }
    } catch (Failure e) {
      feed.write(Feed.error(e.getMessage()));
    }
  }
}
