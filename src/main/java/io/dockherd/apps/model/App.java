package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an app is to be just now, and was: a record under {@code apps/shop/web}. Small, for it is
 * written often; the configurations are {@link Revision}s of their own.
 *
 * <pre>
 * {"path":"/shop/web","stable":"6-99aa00bb","versions":[{…},{…}],"rollout":{…},"lastScaledMillis":0,
 *  "lastConfiguredMillis":1774000000000}</pre>
 *
 * @param stable the revision of the last rollout that was through: where a failed one goes back to
 * @param versions newest first, {@link #KEPT} at most; the first is what the app is to be
 * @param lastScaledMillis since 1970
 */
public record App(
    AppPath path,
    Optional<RevisionId> stable,
    List<AppVersion> versions,
    Optional<Rollout> rollout,
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
        isScaled ? now : lastScaledMillis,
        isConfigured ? now : lastConfiguredMillis);
  }

  /** The same with its rollout in another state. */
  public App with(Optional<Rollout> other) {
    return new App(path, stable, versions, other, lastScaledMillis, lastConfiguredMillis);
  }

  /** The same when its rollout is through. */
  public App settled() {
    return new App(
        path,
        Optional.of(revision()),
        versions,
        Optional.empty(),
        lastScaledMillis,
        lastConfiguredMillis);
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
        json.getLong("lastScaledMillis", 0L),
        json.getLong("lastConfiguredMillis", 0L));
  }

  /** As it is kept. */
  public JsonObject json() {
    JsonObject json = new JsonObject().put("path", path.value());
    stable.ifPresent(id -> json.put("stable", id.toString()));
    json.put("versions", JsonReading.json(versions, AppVersion::json));
    rollout.ifPresent(change -> json.put("rollout", change.json()));
    return json.put("lastScaledMillis", lastScaledMillis)
        .put("lastConfiguredMillis", lastConfiguredMillis);
  }
}
