package io.dockherd.fleet.requests;

import io.dockherd.fleet.images.Reference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of images, as requests write them and as engines list them. */
public final class ImageReference {
  private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{4,64}|[0-9a-f]{64}");

  private ImageReference() {}

  /**
   * As an engine's list has it: {@code docker.io/library/redis} → {@code redis:latest}; {@code
   * redis:6@sha256:…} → {@code redis@sha256:…}; an id, and what is no reference, as it is. A short
   * id looks like a name and is taken for one.
   */
  public static String normal(String reference) {
    return ID.matcher(reference).matches()
        ? reference
        : Reference.find(reference).map(Reference::listed).orElse(reference);
  }

  /** Every way an image of an engine's list may be called. */
  static Set<String> names(String id, List<String> tags, List<String> digests) {
    Set<String> names = new LinkedHashSet<>();
    names.add(id);
    for (String tag : tags) {
      names.add(tag);
      Reference.find(tag).map(Reference::name).ifPresent(names::add);
    }
    names.addAll(digests);
    return names;
  }
}
