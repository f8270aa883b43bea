package io.dockherd.fleet.requests;

import io.dockherd.failure.Invalid;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.expressions.Expression;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request says in classic Swarm's way, {@code -e constraint:node==host-1} or {@code --label
 * com.docker.swarm.constraints='["node==host-1"]'}; both forms add up.
 *
 * @param rules what must hold
 * @param wishes what should, the most important first: the labels' as they stand, constraints
 *     before affinities, then the environment's as they stand
 */
record SwarmWishes(List<Rule> rules, List<Rule> wishes) {
  private static final Set<String> POLICIES = Set.of("off", "on-node-failure");

  /** What the environment calls it → where labels keep it; in the order labels are read in. */
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("constraint", SwarmLabel.CONSTRAINTS);
    KINDS.put("affinity", SwarmLabel.AFFINITIES);
    KINDS.put("whitelist", SwarmLabel.WHITELISTS);
    KINDS.put("reschedule", SwarmLabel.RESCHEDULE);
  }

  private record Said(String kind, String text) {}

  /**
   * Takes them out of the document's environment and into its labels.
   *
   * @throws Invalid in Swarm's words
   */
  static SwarmWishes take(JsonObject document) {
    List<Said> all = new ArrayList<>(ofLabels(document));
    all.addAll(ofEnvironment(document));
    KINDS.forEach((kind, label) -> keep(document, label, texts(all, kind)));
    checkPolicy(texts(all, "reschedule"));
    List<Rule> rules = new ArrayList<>();
    List<Rule> wishes = new ArrayList<>();
    for (Said said : all) {
      switch (said.kind) {
        case "constraint" -> {
          Expression expression = Expression.parse(said.text);
          (expression.isSoft() ? wishes : rules).add(new Rule.Constraint(expression));
        }
        case "affinity" -> {
          Expression expression = Expression.parse(said.text);
          (expression.isSoft() ? wishes : rules).add(new Rule.Affinity(expression));
        }
        case "whitelist" -> rules.add(whitelist(said.text));
        default -> {
          // A policy says nothing of where it goes now.
        }
      }
    }
    return new SwarmWishes(rules, wishes);
  }

  private static List<Said> ofLabels(JsonObject document) {
    JsonObject labels = Fields.object(document, "Labels");
    List<Said> said = new ArrayList<>();
    KINDS.forEach(
        (kind, label) ->
            SwarmLabel.read(labels, label).forEach(text -> said.add(new Said(kind, text))));
    return said;
  }

  private static List<Said> ofEnvironment(JsonObject document) {
    List<Said> said = new ArrayList<>();
    JsonArray rest = new JsonArray();
    JsonArray environment = Fields.array(document, "Env");
    for (Object entry : environment) {
      int colon = entry instanceof String text ? text.indexOf(':') : -1;
      if (colon > 0 && KINDS.containsKey(((String) entry).substring(0, colon))) {
        String text = (String) entry;
        said.add(new Said(text.substring(0, colon), text.substring(colon + 1)));
      } else {
        rest.add(entry);
      }
    }
    if (!said.isEmpty()) {
      document.put("Env", rest);
    }
    return said;
  }

  private static List<String> texts(List<Said> all, String kind) {
    return all.stream().filter(said -> said.kind.equals(kind)).map(Said::text).toList();
  }

  private static void keep(JsonObject document, String label, List<String> texts) {
    if (!texts.isEmpty()) {
      Fields.label(document, label, new JsonArray(texts).encode());
    }
  }

  private static void checkPolicy(List<String> policies) {
    if (policies.size() > 1) {
      throw new Invalid("reschedule", "too many reschedule policies", "give one");
    }
    for (String policy : policies) {
      if (!POLICIES.contains(policy)) {
        throw new Invalid(
            "reschedule", "invalid reschedule policy: " + policy, "use on-node-failure or off");
      }
    }
  }

  private static Rule whitelist(String text) {
    String value = Expression.parse(text).value();
    return new Rule.Whitelist(Arrays.stream(value.split("\\|")).collect(Collectors.toSet()), text);
  }
}
