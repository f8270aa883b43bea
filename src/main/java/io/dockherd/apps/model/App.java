package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an app is to be just now, and was: a record under {@code apps/shop/web}. Small, for it is
 * written often; the configurations are {@link Revision}s of their own.
 *
 * <pre>
 * {"path":"/shop/web","stable":"6-99aa00bb","versions":[{…},{…}],"rollout":{…},"halfway":false,
 *  "lastScaledMillis":0,"lastConfiguredMillis":1774000000000}</pre>
 *
 * @param stable the revision of the last rollout that was through: where a failed one goes back to
 * @param versions newest first, {@link #KEPT} at most; the first is what the app is to be
 * @param isHalfway whether somebody ended its last rollout where it stood: instances of other
 *     revisions stay until the next one
 * @param lastScaledMillis since 1970
 */
public record App(
    AppPath path,
    Optional<RevisionId> stable,
    List<AppVersion> versions,
    Optional<Rollout> rollout,
    boolean isHalfway,
    long lastScaledMillis,
    long lastConfiguredMillis) {
  /** How many versions are kept. */
  public static final int KEPT = 50;

  /** Cuts the versions. */
  public App {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(stable, "stable");
    versions = List.copyOf(versions.subList(0, Math.min(KEPT, versions.size())));
    Objects.requireNonNull(rollout, "rollout");
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("an app has a version");
    }
  }

  /** What it is to be. */
  public AppVersion version() {
    return versions.getFirst();
  }

  /** The revision it is to have. */
  public RevisionId revision() {
    return version().revision();
  }

  /** How many instances there are to be, where it is not global. */
  public int instances() {
    return version().instances();
  }

  /** A new app that is to be that. */
  public static App starting(AppPath path, AppVersion version, Rollout start) {
    long now = version.stamp().toEpochMilli();
    return new App(path, Optional.empty(), List.of(version), Optional.of(start), false, now, now);
  }

  /** The same, to be that from now on, by way of that rollout. */
  public App changedTo(AppVersion version, Rollout change) {
    List<AppVersion> all = new ArrayList<>(versions);
    all.addFirst(version);
    long now = version.stamp().toEpochMilli();
    boolean isScaled = version.instances() != instances();
    boolean isConfigured = !version.revision().equals(revision());
    return new App(
        path,
        stable,
        all,
        Optional.of(change),
        isHalfway && !isConfigured,
        isScaled ? now : lastScaledMillis,
        isConfigured ? now : lastConfiguredMillis);
  }

  /** The same with its rollout in another state. */
  public App with(Rollout other) {
    return ended(stable, Optional.of(other), isHalfway);
  }

  /** The same when its rollout is through. */
  public App settled() {
    return ended(isHalfway ? stable : Optional.of(revision()), Optional.empty(), isHalfway);
  }

  /** The same when its rollout has been ended where it stands. */
  public App stopped() {
    boolean isOfOneRevision = stable.isEmpty() || stable.get().equals(revision());
    return ended(stable, Optional.empty(), isHalfway || !isOfOneRevision);
  }

  /**
   * The same, with what the other side of a split had made of it among what it was: its versions
   * can be looked at and gone back to.
   */
  public App remembering(App loser) {
    Set<AppVersion> before = new LinkedHashSet<>(versions.subList(1, versions.size()));
    before.addAll(loser.versions);
    before.remove(version());
    List<AppVersion> all = new ArrayList<>();
    all.add(version());
    before.stream()
        .sorted(Comparator.comparing(AppVersion::stamp).reversed())
        .forEachOrdered(all::add);
    return new App(path, stable, all, rollout, isHalfway, lastScaledMillis, lastConfiguredMillis);
  }

  private App ended(Optional<RevisionId> last, Optional<Rollout> change, boolean halfway) {
    return new App(path, last, versions, change, halfway, lastScaledMillis, lastConfiguredMillis);
  }

  /** Every revision it may still need. */
  public Set<RevisionId> revisions() {
    Set<RevisionId> all = new TreeSet<>();
    versions.forEach(version -> all.add(version.revision()));
    stable.ifPresent(all::add);
    rollout.ifPresent(change -> all.add(change.from().revision()));
    return all;
  }

  /** Reads what {@link #json} wrote. */
  public static App of(JsonObject json) {
    return JsonReading.read("app", json, App::read);
  }

  private static App read(JsonObject json) {
    return new App(
        new AppPath(json.getString("path")),
        Optional.ofNullable(json.getString("stable")).map(RevisionId::of),
        JsonReading.objects(json, "versions", AppVersion::of),
        Optional.ofNullable(json.getJsonObject("rollout")).map(Rollout::of),
        json.getBoolean("halfway", false),
        json.getLong("lastScaledMillis", 0L),
        json.getLong("lastConfiguredMillis", 0L));
  }

  /** As it is kept. */
  public JsonObject json() {
    JsonObject json = new JsonObject().put("path", path.value());
    stable.ifPresent(id -> json.put("stable", id.toString()));
    json.put("versions", JsonReading.json(versions, AppVersion::json));
    rollout.ifPresent(change -> json.put("rollout", change.json()));
    return json.put("halfway", isHalfway)
        .put("lastScaledMillis", lastScaledMillis)
        .put("lastConfiguredMillis", lastConfiguredMillis);
  }
}
