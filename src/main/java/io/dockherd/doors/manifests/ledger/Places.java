package io.dockherd.doors.manifests.ledger;

import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.failure.Invalid;
import java.util.List;
import java.util.Optional;

/** Where manifests are among keys: {@code /apps/<app>/<container>/manifest}, and nothing else. */
public final class Places {
  /** The directory they are all in. */
  public static final Key APPS = Key.of("apps");

  private static final String LAST = "manifest";
  private static final int DEPTH = 4;

  private Places() {}

  /** The key of a manifest. */
  public static Key key(ManifestName name) {
    return Key.of("apps", name.app(), name.container(), LAST);
  }

  /** Whether a key has the form of a manifest's, whatever the names in it. */
  public static boolean isManifest(Key key) {
    return key.segments().size() == DEPTH
        && key.segments().getFirst().equals("apps")
        && key.segments().getLast().equals(LAST);
  }

  /**
   * Whose manifest is at a key of that form.
   *
   * @throws Invalid when a name in it is none
   */
  public static ManifestName name(Key key) {
    List<String> segments = key.segments();
    return new ManifestName(segments.get(1), segments.get(2));
  }

  /** The same; empty when there can't be one. */
  public static Optional<ManifestName> find(Key key) {
    try {
      return isManifest(key) ? Optional.of(name(key)) : Optional.empty();
    } catch (Invalid e) {
      return Optional.empty();
    }
  }
}
