package io.dockherd.doors.docker.images;

import io.dockherd.doors.docker.Filters;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * Which images a list shows: Docker's filters with Docker's rules, and {@code node}, a node that
 * has it.
 */
final class ImageFilter {
  private static final Set<String> KNOWN =
      Set.of("dangling", "label", "reference", "before", "since", "node");

  private final Filters filters;
  private final Optional<Boolean> isDangling;
  private final List<Glob> references;
  private final LongPredicate age;

  /**
   * Reads a list's filters.
   *
   * @param index finds what {@code before} and {@code since} name, the newest first
   * @throws io.dockherd.failure.Invalid for a filter or a value Docker does not know
   * @throws NotFound when there is no image as {@code before} or {@code since} name
   */
  ImageFilter(Filters filters, Function<String, List<KnownImage>> index) {
    this.filters = filters.only(KNOWN);
    this.isDangling =
        filters.has("dangling") ? Optional.of(filters.truth("dangling", false)) : Optional.empty();
    this.references = filters.get("reference").stream().map(Glob::new).toList();
    long before = created(filters, "before", index, Long.MAX_VALUE);
    long since = created(filters, "since", index, Long.MIN_VALUE);
    this.age = created -> created < before && created > since;
  }

  private static long created(
      Filters filters, String field, Function<String, List<KnownImage>> index, long whereNone) {
    // The last one counts, as with an engine.
    List<String> named = filters.get(field);
    if (named.isEmpty()) {
      return whereNone;
    }
    return index.apply(named.getLast()).stream()
        .findFirst()
        .map(KnownImage::created)
        .orElseThrow(
            () ->
                new NotFound(
                    named.getLast(),
                    "no such image: "
                        + Reference.find(named.getLast())
                            .map(Reference::listed)
                            .orElse(named.getLast()),
                    ""));
  }

  /** Whether images on that node are looked at. */
  boolean admitsNode(String node) {
    return filters.isExactly("node", node);
  }

  /** Whether it is old and young enough and has the labels. */
  boolean admits(KnownImage image) {
    return age.test(image.created()) && filters.hasAll("label", labels(image));
  }

  private static JsonObject labels(KnownImage image) {
    return image.entry().getValue("Labels") instanceof JsonObject labels
        ? labels
        : new JsonObject();
  }

  /** Whether a name is shown. */
  boolean admitsName(String listed) {
    if (references.isEmpty()) {
      return true;
    }
    String bare = listed.contains("@") ? listed.substring(0, listed.indexOf('@')) : bare(listed);
    return references.stream().anyMatch(glob -> glob.fits(listed) || glob.fits(bare));
  }

  private static String bare(String listed) {
    int colon = listed.lastIndexOf(':');
    return colon > listed.lastIndexOf('/') ? listed.substring(0, colon) : listed;
  }

  /**
   * Whether an image is shown at all.
   *
   * @param isNamed whether it has a name
   * @param isShown whether a name of it is shown
   */
  boolean admits(boolean isNamed, boolean isShown) {
    return (references.isEmpty() || isShown)
        && isDangling.map(dangling -> dangling != isNamed).orElse(true);
  }
}
