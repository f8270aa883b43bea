package io.dockherd.apps.planning;

import com.google.re2j.Pattern;
import io.dockherd.apps.model.Constraint;
import io.dockherd.scheduling.NodeLoad;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds nodes against an app's constraints, as Marathon does: by where its instances of the same
 * configuration are.
 *
 * @param nodes all present ones
 */
record ConstraintCheck(List<Constraint> constraints, Collection<NodeLoad> nodes) {
  /** What a node says for a field; empty when it says nothing. */
  static Optional<String> value(NodeLoad node, String field) {
    return field.equals(Constraint.NODE)
        ? Optional.of(node.node())
        : Optional.ofNullable(node.labels().get(field)).filter(value -> !value.isEmpty());
  }

  /** How many instances are on each value of a field, from how many are on each node. */
  Map<String, Integer> counts(String field, Map<String, Integer> perNode) {
    Map<String, Integer> counts = new HashMap<>();
    for (NodeLoad node : nodes) {
      int there = perNode.getOrDefault(node.node(), 0);
      if (there > 0) {
        value(node, field).ifPresent(value -> counts.merge(value, there, Integer::sum));
      }
    }
    return counts;
  }

  /** Why one more instance can't be on that node; empty when nothing is against it. */
  Optional<String> objection(NodeLoad node, Map<String, Integer> perNode) {
    return constraints.stream()
        .flatMap(constraint -> objection(constraint, node, perNode).stream())
        .findFirst();
  }

  /** Whether those constraints that speak of the node alone, not of other instances, are met. */
  Optional<String> objection(NodeLoad node) {
    return constraints.stream()
        .filter(
            constraint ->
                switch (constraint.operator()) {
                  case LIKE, UNLIKE, IS, IS_NOT -> true;
                  case CLUSTER -> !constraint.value().isEmpty();
                  case UNIQUE, GROUP_BY, MAX_PER -> false;
                })
        .flatMap(constraint -> objection(constraint, node, Map.of()).stream())
        .findFirst();
  }

  private Optional<String> objection(
      Constraint constraint, NodeLoad node, Map<String, Integer> perNode) {
    Optional<String> value = value(node, constraint.field());
    if (value.isEmpty()) {
      return switch (constraint.operator()) {
        case UNLIKE, IS_NOT -> Optional.empty();
        case UNIQUE, CLUSTER, GROUP_BY, LIKE, MAX_PER, IS ->
            Optional.of("has no label " + constraint.field());
      };
    }
    Map<String, Integer> counts = counts(constraint.field(), perNode);
    return isMet(constraint, value.get(), counts)
        ? Optional.empty()
        : Optional.of(words(constraint, value.get(), counts));
  }

  private boolean isMet(Constraint constraint, String value, Map<String, Integer> counts) {
    int there = counts.getOrDefault(value, 0);
    return switch (constraint.operator()) {
      case UNIQUE -> there == 0;
      case MAX_PER -> there < Integer.parseInt(constraint.value());
      case CLUSTER ->
          constraint.value().isEmpty()
              ? counts.isEmpty() || there > 0
              : value.equals(constraint.value());
      case LIKE -> Pattern.matches(constraint.value(), value);
      case UNLIKE -> !Pattern.matches(constraint.value(), value);
      case IS -> value.equals(constraint.value());
      case IS_NOT -> !value.equals(constraint.value());
      case GROUP_BY -> isGrouped(constraint, there, counts);
    };
  }

  /** A new group is always welcome; else the smallest of as many as there are to be. */
  private boolean isGrouped(Constraint constraint, int there, Map<String, Integer> counts) {
    if (there == 0) {
      return true;
    }
    int groups =
        constraint.value().isEmpty()
            ? values(constraint.field()).size()
            : Integer.parseInt(constraint.value());
    boolean isSmallest = counts.values().stream().allMatch(count -> there <= count);
    return counts.size() >= groups && isSmallest;
  }

  private Set<String> values(String field) {
    Set<String> values = new HashSet<>();
    nodes.forEach(node -> value(node, field).ifPresent(values::add));
    return values;
  }

  private static String words(Constraint constraint, String value, Map<String, Integer> counts) {
    String label = constraint.field() + "=" + value;
    int there = counts.getOrDefault(value, 0);
    return switch (constraint.operator()) {
      case UNIQUE -> "has an instance on " + label + " already";
      case MAX_PER -> "has " + there + " instances on " + label + ", that is the most";
      case CLUSTER ->
          "has "
              + label
              + ", all are to be on "
              + (constraint.value().isEmpty() ? counts.keySet() : constraint.value());
      case LIKE -> "has " + label + ", which is not like " + constraint.value();
      case UNLIKE -> "has " + label + ", which is like " + constraint.value();
      case IS -> "has " + label + ", not " + constraint.value();
      case IS_NOT -> "has " + label;
      case GROUP_BY -> "has " + there + " instances on " + label + ", other groups come first";
    };
  }
}
