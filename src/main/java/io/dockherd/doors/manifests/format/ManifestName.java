package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.AppPath;
import io.dockherd.failure.Invalid;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose manifest it is: a container of an app, as in {@code /apps/dummy/nginx/manifest}. An app of
 * Dokkaa is a group of the herd, each of its containers an app of its own: {@code /dummy/nginx}.
 */
public record ManifestName(String app, String container) implements Comparable<ManifestName> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

  /** What stands between the two in a container's name; in neither, so that it can be split. */
  private static final String BETWEEN = "---";

  /** Below it the names of the web's apps will stand, beside those of the others. */
  private static final String TAKEN = "web";

  /**
   * @throws Invalid when one is no name
   */
  public ManifestName {
    checkApp(app);
    check("container", container);
  }

  /**
   * Checks the name of an app alone.
   *
   * @throws Invalid when it is none
   */
  public static void checkApp(String app) {
    check("app", app);
    if (app.equals(TAKEN)) {
      throw new Invalid(
          "app",
          "an app can't be called '" + TAKEN + "': names of web sites stand there",
          "give it another name");
    }
  }

  private static void check(String what, String name) {
    Objects.requireNonNull(name, what);
    if (!FORM.matcher(name).matches() || name.contains(BETWEEN)) {
      throw new Invalid(
          what,
          "'" + name + "' can't be the name of " + (what.equals("app") ? "an app" : "a container"),
          "use 1 to 63 letters, digits, '_', '.' and '-', a letter or digit first, and no '---'");
    }
  }

  /** The name of the app at that path, if a manifest could be its. */
  public static Optional<ManifestName> of(AppPath path) {
    if (path.segments().size() != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ManifestName(path.segments().getFirst(), path.segments().getLast()));
    } catch (Invalid e) {
      return Optional.empty();
    }
  }

  /** Where the herd has it: {@code /dummy/nginx}. */
  public AppPath path() {
    return new AppPath("/" + app + "/" + container);
  }

  /**
   * What its containers are called: {@code dummy---nginx}, the third one {@code dummy---nginx---3},
   * for there may be a container {@code nginx-3}, too.
   */
  String containerName() {
    return app + BETWEEN + container + "{copy}";
  }

  @Override
  public int compareTo(ManifestName other) {
    return path().compareTo(other.path());
  }

  @Override
  public String toString() {
    return app + "/" + container;
  }
}
