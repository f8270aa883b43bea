package io.dockherd.fleet.images;

import io.dockherd.failure.Ambiguous;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Which node has which image, from facts: no network. Each fact is read once. */
public final class ImageIndex {
  private static final Pattern FULL_ID = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");
  private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?([0-9a-f]{1,63})");

  private final Supplier<List<Fact>> facts;
  private volatile Map<Fact, KnownImage> read = Map.of();

  /** The images those facts tell of. */
  public ImageIndex(Facts facts) {
    this(() -> facts.of(FactKind.IMAGE));
  }

  ImageIndex(Supplier<List<Fact>> facts) {
    this.facts = facts;
  }

  /** All, by node and id. */
  public List<KnownImage> all() {
    return read(facts.get());
  }

  private List<KnownImage> read(List<Fact> now) {
    Map<Fact, KnownImage> before = read;
    Map<Fact, KnownImage> after = new IdentityHashMap<>();
    List<KnownImage> all =
        now.stream()
            .map(
                fact -> {
                  KnownImage known = before.get(fact);
                  KnownImage image = known == null ? KnownImage.of(fact) : known;
                  after.put(fact, image);
                  return image;
                })
            .toList();
    read = after;
    return all;
  }

  /**
   * Those a reference means, on whichever nodes: by full id; else by name, with {@code latest}
   * where no tag is said; else by the beginning of an id. Several when several nodes have it; of
   * one name these may be different images, the newest comes first.
   *
   * @throws Ambiguous when the beginning of an id fits several images
   */
  public List<KnownImage> find(String reference) {
    var full = FULL_ID.matcher(reference);
    if (full.matches()) {
      return fitting(image -> image.id().equals("sha256:" + full.group(1)));
    }
    Optional<String> listed = Reference.find(reference).map(Reference::listed);
    if (listed.isPresent()) {
      List<KnownImage> named =
          fitting(
              image ->
                  image.tags().contains(listed.get()) || image.digests().contains(listed.get()));
      if (!named.isEmpty()) {
        return named;
      }
    }
    var prefix = ID_PREFIX.matcher(reference);
    return prefix.matches() ? byPrefix(reference, prefix.group(1)) : List.of();
  }

  private List<KnownImage> byPrefix(String reference, String prefix) {
    List<KnownImage> found = fitting(image -> image.id().startsWith("sha256:" + prefix));
    if (found.stream().map(KnownImage::id).distinct().count() > 1) {
      throw new Ambiguous(
          reference,
          found.stream().map(image -> image.id() + " on " + image.node()).distinct().toList());
    }
    return found;
  }

  private List<KnownImage> fitting(Predicate<KnownImage> fits) {
    return all().stream()
        .filter(fits)
        .sorted(Comparator.comparingLong(KnownImage::created).reversed())
        .toList();
  }
}
