package io.dockherd.fleet.requests;

import io.dockherd.failure.Invalid;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.Tenant;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request to create a container, read for the herd.
 *
 * @param document what an engine is to get: expressions moved from the environment to labels,
 *     nodes' names cut off
 * @param demand what it wants of a node
 */
public record CreateRequest(JsonObject document, Demand demand) {
  /** What clients of before API 1.18 put beside the image. */
  private static final List<String> ONCE_FLAT =
      List.of("Memory", "MemorySwap", "CpuShares", "CpusetCpus");

  /**
   * Reads one; {@code body} is left as it is.
   *
   * @param name what it is to be called; "" leaves it to the engine
   * @param platform as {@code --platform} has it: {@code linux/arm64}; "" for any
   * @param sharesAreCores whether {@code --cpu-shares 2} means two whole cores, as in Swarm
   * @param swarmId the {@link SwarmLabel#ID} it gets
   * @throws Invalid when an expression or a policy is none
   */
  public static CreateRequest read(
      String name, JsonObject body, String platform, boolean sharesAreCores, String swarmId) {
    JsonObject document = body.copy();
    unflatten(document);
    SwarmWishes said = SwarmWishes.take(document);
    if (sharesAreCores) {
      labelCores(document);
    }
    Fields.label(document, SwarmLabel.ID, swarmId);
    List<Rule> rules = new ArrayList<>(said.rules());
    rules.addAll(NodePrefixes.cut(document));
    rules.addAll(Neighbourhood.rules(document));
    String image = Fields.text(document, "Image");
    Tenant newcomer = newcomer(name, document);
    List<Rule> wishes = new ArrayList<>(said.wishes());
    if (!newcomer.needs().ports().isEmpty()) {
      wishes.add(new Rule.NoStoppedHolder(newcomer.needs().ports()));
    }
    if (!platform.isEmpty()) {
      wishes.add(PlatformReader.read(platform));
    }
    if (!image.isEmpty()) {
      wishes.add(new Rule.Image(ImageReference.normal(image)));
    }
    String subject = "a container of image " + image;
    return new CreateRequest(document, new Demand(subject, 0, newcomer, rules, wishes, Set.of()));
  }

  /** The container a document makes, as the next ones will find it. */
  public static Tenant newcomer(String name, JsonObject document) {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    return new Tenant(
        "",
        bare.isEmpty() ? List.of() : List.of(bare),
        Fields.textMap(Fields.object(document, "Labels")),
        NeedsReader.needs(document),
        false);
  }

  /** What a document itself demands of the node it is made on, whoever chose that. */
  public static List<Rule> affinities(JsonObject document) {
    return SwarmWishes.take(document.copy()).rules().stream()
        .filter(Rule.Affinity.class::isInstance)
        .toList();
  }

  /** Whether it names volumes, so that the engine may have to make them. */
  public static boolean namesVolumes(JsonObject document) {
    return !Neighbourhood.volumes(Fields.object(document, "HostConfig")).isEmpty();
  }

  private static void unflatten(JsonObject document) {
    JsonObject host = Fields.object(document, "HostConfig");
    for (String field : ONCE_FLAT) {
      Object value = document.remove(field);
      if (value != null && !host.containsKey(field)) {
        host.put(field, value);
      }
    }
    Object cpuset = document.remove("Cpuset");
    if (cpuset != null && !host.containsKey("CpusetCpus")) {
      host.put("CpusetCpus", cpuset);
    }
    if (!host.isEmpty()) {
      document.put("HostConfig", host);
    }
  }

  private static void labelCores(JsonObject document) {
    long cores = Fields.amount(Fields.object(document, "HostConfig"), "CpuShares");
    if (cores > 0) {
      Fields.label(document, SwarmLabel.CORES, Long.toString(cores));
    }
  }
}
