package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.schema.ComposeKeys;
import io.dockherd.compose.schema.Shape;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Services that extend others: each merged onto its base, which may extend in its turn. */
final class Extending {
  /** Longer than any sane chain. */
  private static final int LONGEST = 50;

  private final FileReading reading;
  private final Variables variables;
  private final Map<Path, YamlMap> files = new HashMap<>();

  /** A service of a file. */
  private record Place(Path file, String service) {}

  Extending(FileReading reading, Variables variables) {
    this.reading = reading;
    this.variables = variables;
  }

  /** A file's mapping with each of its services extended. */
  YamlMap of(YamlMap file, Path path) {
    if (file.get("services").isEmpty()) {
      return file;
    }
    files.put(path, file);
    YamlMap services = file.map("services");
    Map<String, YamlEntry> extended = new LinkedHashMap<>();
    services
        .entries()
        .forEach(
            (name, entry) ->
                extended.put(
                    name,
                    entry.value() instanceof YamlMap service
                        ? new YamlEntry(
                            entry.keyAt(),
                            extended(service, new Place(path, name), new LinkedHashSet<>()))
                        : entry));
    return file.with("services", new YamlMap(services.at(), services.directive(), extended));
  }

  private YamlMap extended(YamlMap service, Place place, Set<Place> before) {
    if (!(service.get("extends").orElse(null) instanceof YamlMap wanted)) {
      return service;
    }
    Problems problems = reading.problems();
    if (before.size() > LONGEST) {
      throw problems.stop(
          wanted.at(), "more than " + LONGEST + " services extend each other here", "extend fewer");
    }
    if (!before.add(place)) {
      problems.add(
          wanted.at(),
          "services extend each other in a circle: "
              + before.stream().map(Place::service).collect(Collectors.joining(" → "))
              + " → "
              + place.service(),
          "take one out");
      return service.without("extends");
    }
    Path file = wanted.text("file").map(Path::of).orElse(place.file());
    String name = wanted.text("service").orElse("");
    Optional<YamlNode> base = file(file).map("services").get(name);
    if (!(base.orElse(null) instanceof YamlMap found)) {
      problems.add(
          wanted.at(),
          "services."
              + place.service()
              + " extends '"
              + name
              + "', which is no service in "
              + reading.shown(file),
          "name one that is");
      return service.without("extends");
    }
    YamlMap whole = extended(found, new Place(file, name), before);
    reading.oneMore(whole);
    // The base's own tags meant its own bases.
    YamlMap plain = Resolved.of(whole);
    return (YamlMap) Shape.merge(ComposeKeys.SERVICE, plain, service.without("extends"));
  }

  private YamlMap file(Path path) {
    YamlMap known = files.get(path);
    if (known == null) {
      Path folder = path.getParent();
      known = reading.canonical(path, folder, variables);
      files.put(path, known);
    }
    return known;
  }
}
