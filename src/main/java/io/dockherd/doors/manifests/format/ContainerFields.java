package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.ContainerSpec.Pull;
import io.dockherd.apps.model.Restart;
import io.dockherd.compose.schema.ByteCount;
import io.dockherd.compose.schema.ShellWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The one container of a manifest. */
final class ContainerFields {
  private static final Map<String, Pull> PULLS =
      new TreeMap<>(
          Map.of(
              "missing", Pull.MISSING,
              "if_not_present", Pull.MISSING,
              "always", Pull.ALWAYS,
              "never", Pull.NEVER));

  /** Labels of that beginning are the herd's to give. */
  private static final String OURS = "io.dockherd.";

  private static final long LEAST_MEMORY = 6L << 20;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal MOST_CPUS = BigDecimal.valueOf(10_000);
  private static final int MOST_LINKS = 1_000;

  private ContainerFields() {}

  static ContainerSpec read(
      Fields manifest,
      ManifestName name,
      List<ServiceField> services,
      List<VolumeField> volumes,
      HealthField health,
      Restart restart) {
    JsonObject document = new JsonObject().put("Image", image(manifest));
    command(manifest, "command").ifPresent(words -> document.put("Cmd", words));
    command(manifest, "entrypoint").ifPresent(words -> document.put("Entrypoint", words));
    JsonArray env = new JsonArray();
    environment(manifest, name, services).forEach((key, value) -> env.add(key + "=" + value));
    document.put("Env", env);
    manifest.text("user").ifPresent(user -> document.put("User", user));
    manifest.text("workdir").ifPresent(folder -> document.put("WorkingDir", folder));
    manifest.text("stop_signal").ifPresent(signal -> document.put("StopSignal", signal));
    labels(manifest).ifPresent(labels -> document.put("Labels", labels));
    health.test().ifPresent(test -> document.put("Healthcheck", test));
    JsonObject host = new JsonObject();
    memory(manifest).ifPresent(bytes -> host.put("Memory", bytes));
    cpus(manifest).ifPresent(nanos -> host.put("NanoCpus", nanos));
    if (!host.isEmpty()) {
      document.put("HostConfig", host);
    }
    volumes.forEach(volume -> volume.into(document));
    return new ContainerSpec(
        name.container(),
        name.containerName(),
        document,
        manifest.choice("pull_policy", PULLS).orElse(Pull.MISSING),
        Map.of(),
        Map.of(),
        ContainerSpec.Shares.NOTHING,
        Map.of(),
        Map.of(),
        restart,
        List.of(),
        List.of(),
        List.of(),
        manifest.time("stop_grace_period").orElse(Duration.ofSeconds(10)));
  }

  private static String image(Fields manifest) {
    String image = manifest.text("image").orElse("");
    if (image.isEmpty()) {
      throw manifest.wrong("image", "is missing", "say which image the container is made from");
    }
    if (!image.matches("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,511}")) {
      throw manifest.wrong("image", "can't be the name of an image: '" + image + "'", "");
    }
    return image;
  }

  private static Optional<JsonArray> command(Fields manifest, String name) {
    return manifest
        .any(name)
        .map(
            value ->
                switch (value) {
                  case String line -> new JsonArray(words(manifest, name, line));
                  case JsonArray list -> new JsonArray(manifest.list(name, Fields.Member::word));
                  default -> throw manifest.mistyped(name, "a text or a list of texts");
                });
  }

  private static List<String> words(Fields manifest, String name, String line) {
    return ShellWords.split(line)
        .orElseThrow(() -> manifest.wrong(name, "has a quote that is never closed", "close it"));
  }

  private static Map<String, String> environment(
      Fields manifest, ManifestName name, List<ServiceField> services) {
    Map<String, String> generated = GeneratedEnvironment.of(name, services, links(manifest));
    Map<String, String> all =
        new LinkedHashMap<>(
            manifest.map(
                "env",
                member -> {
                  requireVariable(member, generated.keySet());
                  return member.word();
                }));
    all.putAll(generated);
    return all;
  }

  private static void requireVariable(Fields.Member member, Set<String> generated) {
    String variable = member.name().substring("env.".length());
    if (variable.isEmpty() || variable.indexOf('=') >= 0 || variable.indexOf('\0') >= 0) {
      throw member.wrong("can't be the name of a variable", "leave out '='");
    }
    if (generated.contains(variable)) {
      throw member.wrong("is set by the herd", "leave it out, or call it otherwise");
    }
  }

  private static List<String> links(Fields manifest) {
    Set<String> seen = new HashSet<>();
    List<String> links =
        manifest.list(
            "links",
            member -> {
              ServiceField.requireName(member, member.text());
              if (!seen.add(member.text().toUpperCase(Locale.ROOT))) {
                throw member.wrong("is there already: '" + member.text() + "'", "leave it out");
              }
              return member.text();
            });
    if (links.size() > MOST_LINKS) {
      throw manifest.wrong("links", "has more than " + MOST_LINKS + " members", "");
    }
    return links;
  }

  private static Optional<JsonObject> labels(Fields manifest) {
    JsonObject labels = new JsonObject();
    manifest
        .map(
            "labels",
            member -> {
              if (member.name().startsWith("labels." + OURS)) {
                throw member.wrong("is the herd's to give", "leave it out");
              }
              return member.word();
            })
        .forEach(labels::put);
    return labels.isEmpty() ? Optional.empty() : Optional.of(labels);
  }

  private static Optional<Long> memory(Fields manifest) {
    return manifest
        .any("memory")
        .map(
            value ->
                ByteCount.parse(
                        value instanceof Integer || value instanceof Long || value instanceof String
                            ? value.toString()
                            : "")
                    .filter(bytes -> bytes >= LEAST_MEMORY)
                    .orElseThrow(
                        () -> manifest.mistyped("memory", "an amount like \"64m\", 6m at least")));
  }

  private static Optional<Long> cpus(Fields manifest) {
    return manifest
        .any("cpus")
        .map(
            value ->
                number(value)
                    .filter(cpus -> cpus.signum() > 0 && cpus.compareTo(MOST_CPUS) <= 0)
                    .map(cpus -> cpus.multiply(NANOS).longValue())
                    .orElseThrow(() -> manifest.mistyped("cpus", "a number of CPUs, like 0.5")));
  }

  private static Optional<BigDecimal> number(Object value) {
    boolean isNumber =
        value instanceof Number number && Double.isFinite(number.doubleValue())
            || value instanceof String text && text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?");
    return isNumber ? Optional.of(new BigDecimal(value.toString())) : Optional.empty();
  }
}
