package io.dockherd.doors.docker.volumes;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All volumes of the present nodes, read from facts. */
record VolumeBook(Facts facts) {
  VolumeBook {
    Objects.requireNonNull(facts, "facts");
  }

  /** All of them, by name, then by node. */
  List<KnownVolume> all() {
    return united(
        facts.of(FactKind.VOLUME).stream()
            .map(fact -> new KnownVolume(fact.id(), List.of(fact.owner()), fact.json()))
            .toList());
  }

  /** What each node has, put together: a volume of several engines is one. */
  static List<KnownVolume> united(List<KnownVolume> each) {
    Map<String, List<KnownVolume>> same = new LinkedHashMap<>();
    for (KnownVolume volume : each) {
      same.computeIfAbsent(key(volume), key -> new ArrayList<>()).add(volume);
    }
    List<KnownVolume> all = new ArrayList<>();
    for (List<KnownVolume> one : same.values()) {
      List<String> nodes = one.stream().map(KnownVolume::node).toList();
      all.add(new KnownVolume(one.getFirst().name(), nodes, one.getFirst().entry()));
    }
    all.sort(Comparator.comparing(KnownVolume::name).thenComparing(KnownVolume::node));
    return all;
  }

  private static String key(KnownVolume volume) {
    return (volume.isLocal() ? volume.node() : volume.driver()) + "/" + volume.name();
  }

  /** Those a name fits: {@code data}, {@code host-1/data}. */
  List<KnownVolume> called(String reference) {
    int slash = reference.indexOf('/');
    String name = reference.substring(slash + 1);
    return all().stream()
        .filter(volume -> volume.name().equals(name))
        .flatMap(
            volume -> (slash < 0 ? Optional.of(volume) : on(volume, reference, slash)).stream())
        .toList();
  }

  private static Optional<KnownVolume> on(KnownVolume volume, String reference, int slash) {
    String node = reference.substring(0, slash);
    return volume.nodes().contains(node)
        ? Optional.of(new KnownVolume(volume.name(), List.of(node), volume.entry()))
        : Optional.empty();
  }

  /** What is said when there is none; Docker's words, and which node took it along. */
  DockerError missing(String reference) {
    String name = reference.substring(reference.indexOf('/') + 1);
    String gone =
        facts.lost(FactKind.VOLUME).stream()
            .filter(fact -> fact.id().equals(name))
            .map(fact -> "; it was on " + fact.owner() + ", which has gone")
            .findFirst()
            .orElse("");
    return new DockerError(404, "get " + reference + ": no such volume" + gone);
  }
}
