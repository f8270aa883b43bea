package io.dockherd.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What one container wants of the node it goes to.
 *
 * @param subject what it is, for messages: "a container of image busybox"
 * @param memoryBytes memory the host must have free at this moment; 0 when it asks for none
 * @param newcomer the container itself, as the next ones will find it
 * @param rules what must hold
 * @param wishes what should hold, the most important first. One that no node meets which meets all
 *     before it is dropped, that one alone
 * @param excluded nodes that are out of the question: they have refused it already
 */
public record Demand(
    String subject,
    long memoryBytes,
    Tenant newcomer,
    List<Rule> rules,
    List<Rule> wishes,
    Set<String> excluded) {
  public Demand {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(newcomer, "newcomer");
    if (memoryBytes < 0) {
      throw new IllegalArgumentException("memoryBytes must not be negative: " + memoryBytes);
    }
    rules = List.copyOf(rules);
    wishes = List.copyOf(wishes);
    excluded = Set.copyOf(excluded);
  }

  /** A container that asks for nothing but free memory. */
  public Demand(String subject, long memoryBytes, Set<String> excluded) {
    this(subject, memoryBytes, Tenant.NOBODY, List.of(), List.of(), excluded);
  }

  /** A container that asks for nothing in particular. */
  public static Demand of(String subject) {
    return new Demand(subject, 0, Set.of());
  }

  /** The same, anywhere but on those nodes. */
  public Demand without(Set<String> nodes) {
    return new Demand(subject, memoryBytes, newcomer, rules, wishes, nodes);
  }

  /** The same, and this must hold too. */
  public Demand demanding(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new Demand(subject, memoryBytes, newcomer, more, wishes, excluded);
  }

  /** The same with other rules. */
  Demand withRules(List<Rule> others) {
    return new Demand(subject, memoryBytes, newcomer, others, wishes, excluded);
  }
}
