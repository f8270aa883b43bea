package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * All that is said of an app but its number of instances. Two equal configurations are one
 * revision: nothing is restarted from one to the other.
 *
 * <pre>
 * {"kind":"service","global":false,"pod":{…},"placement":{…},"checks":[…],"update":{…},"backoff":{…},
 *  "drainMillis":2000,"onSplit":"available","dependencies":{"/shop/db":{…}},"killSelection":"youngest-first","labels":{…},"origin":{…}}
 * </pre>
 *
 * @param isGlobal one instance on every node that fits, whatever number is asked for
 * @param checks the instance is healthy when all of them say so
 * @param drain how long a healthy instance that is to stop goes on working and is shown as
 *     stopping, so that whoever sends it work hears of it first; written where it is not zero
 * @param dependencies other apps: path → what has to be so before an instance is started
 * @param labels of the app, not of its containers
 */
public record AppConfig(
    Kind kind,
    boolean isGlobal,
    PodSpec pod,
    PlacementRules placement,
    List<HealthCheck> checks,
    UpdatePolicy update,
    Backoff backoff,
    Duration drain,
    OnSplit onSplit,
    Map<String, Dependency> dependencies,
    KillSelection killSelection,
    Map<String, String> labels,
    Origin origin) {
  /** Whether instances are to end. */
  public enum Kind {
    /** An instance that ends, however it ends, is replaced. */
    SERVICE,
    /** An instance that ends with 0 has done its work; one that fails is tried again. */
    JOB
  }

  /** Who goes first when there are to be fewer, all else being equal. */
  public enum KillSelection {
    YOUNGEST_FIRST,
    OLDEST_FIRST
  }

  public AppConfig {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(placement, "placement");
    checks = List.copyOf(checks);
    Objects.requireNonNull(update, "update");
    Objects.requireNonNull(backoff, "backoff");
    Objects.requireNonNull(drain, "drain");
    Objects.requireNonNull(onSplit, "onSplit");
    dependencies = JsonReading.copy(dependencies);
    Objects.requireNonNull(killSelection, "killSelection");
    labels = JsonReading.copy(labels);
    Objects.requireNonNull(origin, "origin");
    dependencies.keySet().forEach(AppPath::new);
    if (drain.isNegative()) {
      throw new IllegalArgumentException("drain must not be negative: " + drain);
    }
  }

  /** A service of that pod and nothing more said; it stays with its node where it has volumes. */
  public static AppConfig service(PodSpec pod) {
    return new AppConfig(
        Kind.SERVICE,
        false,
        pod,
        PlacementRules.NONE,
        List.of(),
        UpdatePolicy.DEFAULT,
        Backoff.DEFAULT,
        Duration.ZERO,
        pod.volumes().isEmpty() ? OnSplit.AVAILABLE : OnSplit.STAY,
        Map.of(),
        KillSelection.YOUNGEST_FIRST,
        Map.of(),
        Origin.APPS);
  }

  /** What of a revision's id is made of the configuration: the same on every node. */
  public String hash() {
    CRC32 crc = new CRC32();
    crc.update(canonical(json()).encode().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }

  private static JsonObject canonical(JsonObject json) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    json.forEach(
        field ->
            sorted.put(
                field.getKey(),
                field.getValue() instanceof JsonObject inner
                    ? canonical(inner)
                    : field.getValue()));
    return new JsonObject(new LinkedHashMap<>(sorted));
  }

  /**
   * Reads what {@link #json} wrote, or what somebody else did in its form.
   *
   * @throws io.dockherd.failure.Invalid when something in it is of a wrong type or out of range
   */
  public static AppConfig of(JsonObject json) {
    return JsonReading.read("configuration of an app", json, AppConfig::read);
  }

  private static AppConfig read(JsonObject json) {
    PodSpec pod = PodSpec.of(JsonReading.object(json, "pod"));
    Map<String, Dependency> dependencies = new LinkedHashMap<>();
    JsonReading.object(json, "dependencies")
        .forEach(
            field ->
                dependencies.put(field.getKey(), Dependency.of((JsonObject) field.getValue())));
    return new AppConfig(
        JsonReading.choice(json, "kind", Kind.class, Kind.SERVICE),
        json.getBoolean("global", false),
        pod,
        PlacementRules.of(JsonReading.object(json, "placement")),
        JsonReading.objects(json, "checks", HealthCheck::of),
        UpdatePolicy.of(JsonReading.object(json, "update")),
        Backoff.of(JsonReading.object(json, "backoff")),
        JsonReading.millis(json, "drainMillis", Duration.ZERO),
        JsonReading.choice(
            json,
            "onSplit",
            OnSplit.class,
            pod.volumes().isEmpty() ? OnSplit.AVAILABLE : OnSplit.STAY),
        dependencies,
        JsonReading.choice(
            json, "killSelection", KillSelection.class, KillSelection.YOUNGEST_FIRST),
        JsonReading.textMap(json, "labels"),
        Origin.of(JsonReading.object(json, "origin")));
  }

  /** As it is kept and told. */
  public JsonObject json() {
    JsonObject needs = new JsonObject();
    dependencies.forEach((path, dependency) -> needs.put(path, dependency.json()));
    JsonObject json =
        new JsonObject()
            .put("kind", JsonReading.word(kind))
            .put("global", isGlobal)
            .put("pod", pod.json())
            .put("placement", placement.json())
            .put("checks", JsonReading.json(checks, HealthCheck::json))
            .put("update", update.json())
            .put("backoff", backoff.json())
            .put("onSplit", JsonReading.word(onSplit))
            .put("dependencies", needs)
            .put("killSelection", JsonReading.word(killSelection))
            .put("labels", JsonReading.json(labels))
            .put("origin", origin.json());
    // An app that says nothing is the revision it was before there was this field.
    return drain.isZero() ? json : json.put("drainMillis", drain.toMillis());
  }
}
