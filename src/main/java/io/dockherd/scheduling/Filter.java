package io.dockherd.scheduling;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A kind of rule that keeps containers off nodes. */
public interface Filter {
  /** What it is called in settings: {@code port}, {@code constraint}. */
  String name();

  /** Why the node can't take it; empty when this rule has nothing against it. */
  Optional<String> objection(Demand demand, NodeLoad node);

  /** What of the demand it looks at, in Swarm's words; "" when it has nothing to say. */
  default String conditions(Demand demand) {
    return "";
  }

  /** Nothing goes to a node that takes nothing: its engine is away, or it is being drained. */
  Filter HEALTH =
      named(
          "health",
          (demand, node) ->
              node.isAvailable() ? Optional.empty() : Optional.of(node.unavailable()));

  /** Nobody is asked again for what it has refused. */
  Filter NOT_EXCLUDED =
      named(
          "excluded",
          (demand, node) ->
              demand.excluded().contains(node.node())
                  ? Optional.of("has refused it already")
                  : Optional.empty());

  /** Memory that is asked for must be free on the host at this moment. */
  Filter FREE_MEMORY =
      named(
          "memory",
          (demand, node) ->
              demand.memoryBytes() <= node.memoryFreeBytes()
                  ? Optional.empty()
                  : Optional.of(
                      "has "
                          + (node.memoryFreeBytes() >> 20)
                          + " MiB of memory free, "
                          + (demand.memoryBytes() >> 20)
                          + " MiB are asked for"));

  /** The rules that hold for whoever asks. */
  List<Filter> ALWAYS = List.of(HEALTH, NOT_EXCLUDED, FREE_MEMORY);

  /** A rule without conditions worth naming. */
  private static Filter named(String name, Objector objector) {
    return new Filter() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> objection(Demand demand, NodeLoad node) {
        return objector.objection(demand, node);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  /** The rule itself. */
  @FunctionalInterface
  interface Objector {
    /** As {@link Filter#objection}. */
    Optional<String> objection(Demand demand, NodeLoad node);
  }

  /** Ports of the host must not be held by a container that runs or is yet to run. */
  record Port() implements Filter {
    @Override
    public String name() {
      return "port";
    }

    @Override
    public Optional<String> objection(Demand demand, NodeLoad node) {
      return Ports.objection(
          demand.newcomer().needs().ports(),
          node.contents().tenants(),
          tenant -> !tenant.isStopped());
    }

    @Override
    public String conditions(Demand demand) {
      return Ports.condition(demand.newcomer().needs().ports());
    }
  }

  /** The label {@code containerslots=N}: no more than N containers, in any state. */
  record ContainerSlots() implements Filter {
    /** The label of the engine or the node. */
    public static final String LABEL = "containerslots";

    @Override
    public String name() {
      return "containerslots";
    }

    @Override
    public Optional<String> objection(Demand demand, NodeLoad node) {
      String slots = node.labels().get(LABEL);
      if (slots == null || !slots.matches("[0-9]{1,9}")) {
        return Optional.empty();
      }
      int used = node.contents().tenants().size();
      return used < Integer.parseInt(slots)
          ? Optional.empty()
          : Optional.of("all its " + slots + " container slots are taken");
    }

    @Override
    public String conditions(Demand demand) {
      return "available container slots";
    }
  }

  /** The rules of one kind a demand brings with it. */
  record OfRules(String name, Predicate<Rule> kind) implements Filter {
    @Override
    public Optional<String> objection(Demand demand, NodeLoad node) {
      for (Rule rule : demand.rules()) {
        if (kind.test(rule)) {
          Optional<String> objection = rule.objection(node);
          if (objection.isPresent()) {
            return objection;
          }
        }
      }
      return Optional.empty();
    }

    @Override
    public String conditions(Demand demand) {
      return demand.rules().stream()
          .filter(kind)
          .map(Rule::condition)
          .collect(Collectors.joining(" "));
    }
  }

  /**
   * What is reserved must fit into what the node has, whatever is free at the moment.
   *
   * @param overcommit how much more may be reserved: 0.05 for a twentieth
   */
  record Resources(double overcommit) implements Filter {
    @Override
    public String name() {
      return "resources";
    }

    @Override
    public Optional<String> objection(Demand demand, NodeLoad node) {
      Needs needs = demand.newcomer().needs();
      long memory = (long) (node.memoryTotalBytes() * (1 + overcommit));
      long cpus = (long) (node.cpus() * 1e9 * (1 + overcommit));
      if (needs.memoryBytes() > 0 && node.contents().memoryBytes() + needs.memoryBytes() > memory) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "has %d of %d MiB of memory reserved, %d MiB are asked for",
                node.contents().memoryBytes() >> 20,
                memory >> 20,
                needs.memoryBytes() >> 20));
      }
      if (needs.nanoCpus() > 0 && node.contents().nanoCpus() + needs.nanoCpus() > cpus) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "has %.2f of %.2f CPUs reserved, %.2f are asked for",
                node.contents().nanoCpus() / 1e9,
                cpus / 1e9,
                needs.nanoCpus() / 1e9));
      }
      return Optional.empty();
    }
  }
}
