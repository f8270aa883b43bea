package io.dockherd.doors.docker.images;

import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Finds the nodes that have the image a reference means. */
record ImageLookup(Nodes nodes, ImageIndex index) {
  /** How long engines may take when facts do not know it. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Pattern ID = Pattern.compile("(sha256:)?[0-9a-f]{1,64}");

  ImageLookup {
    Objects.requireNonNull(nodes, "nodes");
    Objects.requireNonNull(index, "index");
  }

  /**
   * Those that have it and whose engines are within reach, this node first. Of several images of
   * one name only the newest, which is what a caller means who has just built it.
   *
   * @throws NotFound in Docker's words, with the nodes that could not be asked
   */
  List<Owner> newest(String reference) {
    List<Owner> all = all(reference);
    return all.stream()
        .filter(owner -> owner.id().equals(all.getFirst().id()))
        .sorted(Comparator.comparing(owner -> !owner.host().isLocal()))
        .toList();
  }

  /** All that have an image of that name or id, the newest image first. */
  List<Owner> all(String reference) {
    List<KnownImage> known = index.find(reference);
    List<Owner> owners = new ArrayList<>();
    List<String> away = new ArrayList<>();
    for (KnownImage image : known) {
      if (nodes.trouble(image.node()).isEmpty()) {
        owners.add(new Owner(nodes.fleet().host(image.node()), image.id()));
      } else {
        away.add(image.node());
      }
    }
    if (owners.isEmpty()) {
      owners.addAll(asked(reference));
    }
    if (owners.isEmpty()) {
      throw new NotFound(
          reference,
          "no such image: "
              + full(reference)
              + (away.isEmpty()
                  ? ""
                  : "; " + String.join(", ", away) + " had it, out of reach just now"),
          "");
    }
    return owners;
  }

  /** An image made this moment, or one without a name beneath another, is in no list. */
  private List<Owner> asked(String reference) {
    if (Reference.find(reference).isEmpty() && !ID.matcher(reference).matches()) {
      // Also tells what is wrong with it.
      Reference.parse(reference);
    }
    List<Host> reachable =
        nodes.fleet().hosts().stream()
            .filter(host -> nodes.trouble(host.node()).isEmpty())
            .toList();
    List<Owner> owners = new ArrayList<>();
    for (EachHost.Word word :
        EachHost.ask(reachable, EngineRequest.get(LIMIT, "images", reference, "json"))) {
      if (word.json() instanceof JsonObject image) {
        owners.add(new Owner(word.host(), image.getString("Id", "")));
      }
    }
    return owners;
  }

  private static String full(String reference) {
    return ID.matcher(reference).matches() && reference.length() >= 64
        ? reference
        : Reference.find(reference).map(Reference::listed).orElse(reference);
  }
}
