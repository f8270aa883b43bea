package io.dockherd.doors.marathon.translation;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Artifact;
import io.dockherd.apps.model.Backoff;
import io.dockherd.apps.model.Constraint;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.Origin;
import io.dockherd.apps.model.PlacementRules;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.doors.marathon.definition.ConstraintRules;
import io.dockherd.doors.marathon.definition.Definition;
import io.dockherd.doors.marathon.definition.NotValid;
import io.dockherd.doors.marathon.definition.Parts;
import io.dockherd.doors.marathon.definition.PodMark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a Marathon app means to the herd. */
public final class Translation {
  /** The dialect's name in {@link Origin}. */
  public static final String DIALECT = "marathon";

  private final JsonObject app;
  private final Ports ports;

  private Translation(JsonObject app) {
    this.app = app;
    this.ports = Ports.of(app);
  }

  /**
   * The configuration of an app.
   *
   * @throws NotValid when the herd has no such thing, though Marathon's own rules allow it
   */
  public static AppConfig of(Definition definition) {
    try {
      return new Translation(definition.document()).config();
    } catch (IllegalArgumentException e) {
      throw NotValid.rule("/", e.getMessage());
    }
  }

  private AppConfig config() {
    PodSpec pod = pod();
    return new AppConfig(
        AppConfig.Kind.SERVICE,
        false,
        pod,
        placement(),
        Checks.of(app, ports),
        HerdLabels.of(app).on(update()),
        new Backoff(
            seconds("backoffSeconds"),
            app.getDouble("backoffFactor"),
            seconds("maxLaunchDelaySeconds")),
        HerdLabels.of(app).onSplit().orElseGet(() -> onSplit(pod)),
        dependencies(),
        AppConfig.KillSelection.valueOf(app.getString("killSelection")),
        Parts.textMap(app, "labels"),
        new Origin(DIALECT, app));
  }

  private Duration seconds(String field) {
    return Amounts.seconds(app.getDouble(field));
  }

  private PodSpec pod() {
    Environment environment = Environment.of(app, ports);
    PodSource source =
        PodMark.is(app)
            ? new PodSource.ComposeFiles(
                PodMark.files(app), environment.known(), environment.late())
            : new PodSource.Written(List.of(Container.of(app, environment)));
    return new PodSpec(
        source,
        ports.published(),
        Container.networks(app),
        volumes(),
        Parts.objects(app, "fetch").stream().map(Translation::artifact).toList(),
        PodSpec.FailurePolicy.ANY,
        new PodSpec.Resources(
            Amounts.nanoCpus(app.getDouble("cpus")),
            Amounts.mebibytes(app.getDouble("mem")),
            Amounts.mebibytes(app.getDouble("disk")),
            app.getInteger("gpus")));
  }

  private List<NamedVolume> volumes() {
    return Parts.objects(Parts.object(app, "container"), "volumes").stream()
        .filter(volume -> volume.containsKey("external"))
        .map(volume -> Container.externalVolume(volume.getJsonObject("external")))
        .toList();
  }

  private static Artifact artifact(JsonObject fetch) {
    return new Artifact(
        fetch.getString("uri"),
        fetch.getBoolean("extract"),
        fetch.getBoolean("executable"),
        fetch.getBoolean("cache"),
        fetch.getString("destPath", ""));
  }

  private PlacementRules placement() {
    List<Constraint> constraints =
        app.getJsonArray("constraints").stream()
            .map(each -> (JsonArray) each)
            .map(
                parts ->
                    new Constraint(
                        ConstraintRules.field(parts.getString(0)),
                        Constraint.Operator.valueOf(parts.getString(1)),
                        parts.size() == 3 ? parts.getString(2) : ""))
            .toList();
    return new PlacementRules(constraints, List.of(), List.of(), 0);
  }

  /**
   * As many at once as the two capacities allow, each counted as soon as it is healthy; and it goes
   * on trying however often new instances fail, as Marathon does.
   */
  private UpdatePolicy update() {
    JsonObject strategy = app.getJsonObject("upgradeStrategy");
    double minimumHealthy = strategy.getDouble("minimumHealthCapacity");
    return new UpdatePolicy(
        0,
        minimumHealthy < 1 ? UpdatePolicy.Order.STOP_FIRST : UpdatePolicy.Order.START_FIRST,
        minimumHealthy,
        strategy.getDouble("maximumOverCapacity"),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        0,
        UpdatePolicy.OnFailure.CONTINUE);
  }

  /** Whoever wants instances of unreachable nodes left alone wants no others in their place. */
  private OnSplit onSplit(PodSpec pod) {
    boolean stays =
        "disabled".equals(app.getValue("unreachableStrategy")) || !pod.volumes().isEmpty();
    return stays ? OnSplit.STAY : OnSplit.AVAILABLE;
  }

  /**
   * On apps or groups. One that is not there is no reason not to start: Marathon only sorts by
   * them.
   */
  private Map<String, Dependency> dependencies() {
    Map<String, Dependency> all = new LinkedHashMap<>();
    for (String path : Parts.texts(app, "dependencies")) {
      all.put(path, new Dependency(Dependency.Condition.HEALTHY, false, false));
    }
    return all;
  }
}
