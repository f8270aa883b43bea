package io.dockherd.apps.planning;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import io.dockherd.fleet.requests.ImageReference;
import io.dockherd.fleet.requests.NeedsReader;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Needs;
import io.dockherd.scheduling.PortClaim;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.Tenant;
import io.dockherd.scheduling.expressions.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What an instance wants of the node it goes to. */
public final class PodDemand {
  private PodDemand() {}

  /** An instance of a revision in that slot, anywhere. */
  public static Demand of(Revision revision, int slot) {
    AppConfig config = revision.config();
    List<Rule> rules = new ArrayList<>();
    List<Rule> wishes = new ArrayList<>();
    for (String text : config.placement().affinities()) {
      Expression expression = Expression.parse(text);
      (expression.isSoft() ? wishes : rules).add(new Rule.Affinity(expression));
    }
    for (NamedVolume volume : config.pod().volumes()) {
      // A global app has one on every node.
      if (isLocal(volume) && !config.isGlobal()) {
        rules.add(new Rule.Volume(filledIn(volume.name(), slot)));
      }
    }
    for (ContainerSpec container : config.pod().source().known()) {
      if (!container.image().isEmpty()) {
        wishes.add(new Rule.Image(ImageReference.normal(container.image())));
      }
    }
    String subject = "an instance of " + revision.path();
    return new Demand(subject, 0, tenant(revision.path(), config, slot), rules, wishes, Set.of());
  }

  /** Whether each slot has one. */
  static boolean isOfSlot(NamedVolume volume) {
    return Stream.of("{slot}", "{nth}", "{copy}").anyMatch(volume.name()::contains);
  }

  /** Whether it holds data that outlive an instance, on one node only. */
  static boolean isLocal(NamedVolume volume) {
    return List.of("", "local").contains(volume.document().getString("Driver", ""))
        && !volume.name().contains("{task}");
  }

  private static Tenant tenant(AppPath path, AppConfig config, int slot) {
    List<String> names =
        config.pod().source().known().stream()
            .map(container -> filledIn(container.containerName(), slot))
            .toList();
    return new Tenant("", names, Map.of(AppLabel.APP, path.value()), needs(config.pod()), false);
  }

  /** What a pod takes of its node: what is said of it, or what its containers reserve together. */
  public static Needs needs(PodSpec pod) {
    long memory = 0;
    long cpus = 0;
    List<PortClaim> ports = new ArrayList<>();
    for (ContainerSpec container : pod.source().known()) {
      Needs needs = NeedsReader.needs(container.document());
      memory += needs.memoryBytes();
      cpus += needs.nanoCpus();
      ports.addAll(needs.ports());
    }
    for (PortSpec port : pod.ports()) {
      if (port.hostPort() > 0) {
        ports.add(PortClaim.published(port.hostIp(), port.hostPort(), port.protocol()));
      }
    }
    PodSpec.Resources said = pod.resources();
    return new Needs(
        said.memoryBytes() > 0 ? said.memoryBytes() : memory,
        said.nanoCpus() > 0 ? said.nanoCpus() : cpus,
        ports);
  }

  private static String filledIn(String text, int slot) {
    return text.replace("{slot}", Integer.toString(slot))
        .replace("{nth}", slot == 1 ? "" : "-" + slot)
        .replace("{copy}", slot == 1 ? "" : "---" + slot);
  }
}
