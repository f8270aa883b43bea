package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.Origin;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads manifests:
 *
 * <pre>
 * {"image":"dockerfile/nginx","scale":1,"services":{"nginx":80}}
 * {"image":"dockerfile/ubuntu","command":["/bin/bash","-c","…"],"links":["nginx"],"env":{"A":"b"}}
 * </pre>
 */
public final class ManifestFormat {
  /** The longest text of one. */
  public static final int LONGEST = 128 << 10;

  private static final int MOST = 10_000;

  private static final List<String> KNOWN =
      List.of(
          "image",
          "scale",
          "services",
          "command",
          "links",
          "env",
          "name",
          "entrypoint",
          "user",
          "workdir",
          "volumes",
          "ports",
          "memory",
          "cpus",
          "restart",
          "health",
          "labels",
          "constraints",
          "max_per_node",
          "depends_on",
          "update",
          "onSplit",
          "pull_policy",
          "stop_signal",
          "stop_grace_period");

  private static final Map<String, OnSplit> SPLITS =
      new TreeMap<>(
          Map.of(
              "available", OnSplit.AVAILABLE, "majority", OnSplit.MAJORITY, "stay", OnSplit.STAY));

  private ManifestFormat() {}

  /**
   * Reads one.
   *
   * @throws Invalid when it is no JSON object, or something in it is not known, of a wrong type or
   *     out of range; it names the field
   */
  public static Manifest read(ManifestName name, String text) {
    if (text.length() > LONGEST) {
      throw new Invalid("value", "a manifest has at most " + LONGEST + " characters", "");
    }
    return read(name, parse(text));
  }

  private static JsonObject parse(String text) {
    try {
      if (Json.decodeValue(text) instanceof JsonObject object) {
        return object;
      }
    } catch (DecodeException e) {
      throw new Invalid("value", "this is no JSON: " + firstLine(e.getMessage()), "", e);
    }
    throw new Invalid("value", "a manifest is a JSON object", "begin with {\"image\": …}");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").replace("Failed to decode:", "").strip();
  }

  /** The same from what has been parsed. */
  public static Manifest read(ManifestName name, JsonObject json) {
    Fields manifest = new Fields("", json, KNOWN);
    requireName(manifest, name);
    List<ServiceField> services = ServiceField.all(manifest);
    List<VolumeField> volumes = VolumeField.all(manifest);
    List<PortSpec> ports = PortFields.read(manifest, name.container(), services);
    HealthField health = HealthField.read(manifest, ports);
    RestartField restart = RestartField.read(manifest);
    PodSpec pod =
        new PodSpec(
            new PodSource.Written(
                List.of(
                    ContainerFields.read(
                        manifest, name, services, volumes, health, restart.restart()))),
            ports,
            List.of(),
            volumes.stream().flatMap(volume -> volume.named().stream()).distinct().toList(),
            List.of(),
            PodSpec.FailurePolicy.ANY,
            PodSpec.Resources.UNSAID);
    AppConfig plain = AppConfig.service(pod);
    AppConfig config =
        new AppConfig(
            restart.kind(),
            false,
            pod,
            PlacementFields.read(manifest),
            health.check().stream().toList(),
            UpdateField.read(manifest, pod),
            plain.backoff(),
            plain.drain(),
            manifest.choice("onSplit", SPLITS).orElse(plain.onSplit()),
            dependencies(manifest, name),
            plain.killSelection(),
            Map.of(),
            new Origin(Manifest.DIALECT, document(json)));
    return new Manifest(name, config, manifest.whole("scale", 0, MOST).orElse(1));
  }

  /** The name it may bring along is where it stands, or none. */
  private static void requireName(Fields manifest, ManifestName name) {
    String said = manifest.text("name").orElse("");
    if (!said.isEmpty()
        && !said.equals(name.container())
        && !said.equals(name.app() + "---" + name.container())) {
      throw manifest.wrong(
          "name",
          "is '" + said + "', but this is the manifest of '" + name.container() + "'",
          "leave it out");
    }
  }

  private static Map<String, Dependency> dependencies(Fields manifest, ManifestName name) {
    Map<String, Dependency> all = new LinkedHashMap<>();
    for (Fields.Member member : manifest.list("depends_on", each -> each)) {
      try {
        ManifestName other = new ManifestName(name.app(), member.text());
        all.put(other.path().value(), new Dependency(Dependency.Condition.STARTED, false, true));
      } catch (Invalid e) {
        throw member.mistyped("the name of another container of this app");
      }
    }
    if (all.containsKey(name.path().value())) {
      throw manifest.wrong("depends_on", "names the container itself", "leave it out");
    }
    return all;
  }

  /** What is kept of it, in the names everybody knows: nothing that is known without it. */
  private static JsonObject document(JsonObject json) {
    JsonObject kept = new JsonObject();
    for (String name : KNOWN) {
      json.forEach(
          field -> {
            if (field.getKey().equalsIgnoreCase(name) && field.getValue() != null) {
              kept.put(name, field.getValue());
            }
          });
    }
    kept.remove("scale");
    kept.remove("name");
    return kept;
  }

  /** The manifest an app would be, if it was written as one. */
  public static Optional<String> write(App app, AppConfig config) {
    return config.origin().dialect().equals(Manifest.DIALECT)
        ? Optional.of(config.origin().document().copy().put("scale", app.instances()).encode())
        : Optional.empty();
  }
}
