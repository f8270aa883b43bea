package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an app is to be just now, and was: a record under {@code apps/shop/web}. Small, for it is
 * written often; the configurations are {@link Revision}s of their own.
 *
 * <pre>
 * {"path":"/shop/web","stable":"6-99aa00bb","versions":[{…},{…}],"rollout":{…},"halfway":false,
 *  "lastScaledMillis":0,"lastConfiguredMillis":1774000000000,"restarts":["/shop/front"]}</pre>
 *
 * @param stable the revision of the last rollout that was through: where a failed one goes back to
 * @param versions newest first; the first is what the app is to be. The last {@link #KEPT}, and of
 *     what was before these the last one of each revision, as long as these are no more than {@link
 *     #KEPT}
 * @param isHalfway whether somebody ended its last rollout where it stood: instances of other
 *     revisions stay until the next one
 * @param lastScaledMillis since 1970
 * @param restarts apps that are to be restarted with this one and have not been yet since it was
 *     changed, for a change of their own was under way
 */
public record App(
    AppPath path,
    Optional<RevisionId> stable,
    List<AppVersion> versions,
    Optional<Rollout> rollout,
    boolean isHalfway,
    long lastScaledMillis,
    long lastConfiguredMillis,
    Set<AppPath> restarts) {
  /** How many versions are kept, and how many revisions. */
  public static final int KEPT = 50;

  /** Cuts the versions. */
  public App {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(stable, "stable");
    versions = kept(versions);
    Objects.requireNonNull(rollout, "rollout");
    restarts = Collections.unmodifiableSortedSet(new TreeSet<>(restarts));
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("an app has a version");
    }
  }

  /** An app that is scaled often does not forget for it what it was. */
  private static List<AppVersion> kept(List<AppVersion> versions) {
    if (versions.size() <= KEPT) {
      return List.copyOf(versions);
    }
    List<AppVersion> kept = new ArrayList<>(versions.subList(0, KEPT));
    Set<RevisionId> revisions = new HashSet<>();
    kept.forEach(version -> revisions.add(version.revision()));
    for (AppVersion version : versions.subList(KEPT, versions.size())) {
      if (revisions.size() < KEPT && revisions.add(version.revision())) {
        kept.add(version);
      }
    }
    return List.copyOf(kept);
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
    return new App(
        path, Optional.empty(), List.of(version), Optional.of(start), false, now, now, Set.of());
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
        isConfigured ? now : lastConfiguredMillis,
        restarts);
  }

  /** The same with its rollout in another state. */
  public App with(Rollout other) {
    return ended(stable, Optional.of(other), isHalfway);
  }

  /** The same when its rollout is through. */
  public App settled() {
    return ended(isHalfway ? stable : Optional.of(revision()), Optional.empty(), isHalfway);
  }

  /** The same when those are still to be restarted with it. */
  public App restarting(Set<AppPath> others) {
    return new App(
        path, stable, versions, rollout, isHalfway, lastScaledMillis, lastConfiguredMillis, others);
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
    return new App(
        path, stable, all, rollout, isHalfway, lastScaledMillis, lastConfiguredMillis, restarts);
  }

  private App ended(Optional<RevisionId> last, Optional<Rollout> change, boolean halfway) {
    return new App(
        path, last, versions, change, halfway, lastScaledMillis, lastConfiguredMillis, restarts);
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
        json.getLong("lastConfiguredMillis", 0L),
        JsonReading.texts(json, "restarts").stream().map(AppPath::new).collect(Collectors.toSet()));
  }

  /** As it is kept. */
  public JsonObject json() {
    JsonObject json = new JsonObject().put("path", path.value());
    stable.ifPresent(id -> json.put("stable", id.toString()));
    json.put("versions", JsonReading.json(versions, AppVersion::json));
    rollout.ifPresent(change -> json.put("rollout", change.json()));
    json.put("halfway", isHalfway)
        .put("lastScaledMillis", lastScaledMillis)
        .put("lastConfiguredMillis", lastConfiguredMillis);
    return restarts.isEmpty()
        ? json
        : json.put("restarts", new JsonArray(restarts.stream().map(AppPath::value).toList()));
  }
}
