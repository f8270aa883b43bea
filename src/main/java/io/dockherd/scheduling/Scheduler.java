package io.dockherd.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Places containers: of the nodes no filter objects to, those that meet most of what is wished for,
 * and of these the one that costs least by the strategy. The same input and the same draws give the
 * same result.
 *
 * <p>Wishes are taken in their order: each narrows the choice to the nodes that meet it, or, when
 * none of those left does, is dropped. So a wish is only ever given up for one before it, never
 * because of one after it, nor for want of room: nodes without room are not in the choice.
 *
 * @param filters every one must agree; the first that objects says why
 * @param strategy ranks those that are left
 * @param lots decides between nodes that are equally good, so that not all callers that know the
 *     same pick the same
 */
public record Scheduler(List<Filter> filters, Strategy strategy, RandomGenerator lots) {
  public Scheduler {
    filters = List.copyOf(filters);
  }

  /** Spreads evenly. */
  public static Scheduler spreading(RandomGenerator lots) {
    return new Scheduler(Filter.ALWAYS, new Spread(), lots);
  }

  /** A place for each of {@code count} such containers, each counted before the next is placed. */
  public Placement place(Demand demand, int count, Collection<NodeLoad> nodes) {
    Choice choice = new Choice(demand, nodes);
    List<String> places = new ArrayList<>();
    while (places.size() < count && choice.narrow()) {
      NodeLoad best = best(demand, choice.wished());
      places.add(best.node());
      choice.open.replaceAll(node -> node == best ? best.plus(demand) : node);
    }
    return choice.placement(places);
  }

  /** Every node that may take one such container, once, the best first. */
  public Placement rank(Demand demand, Collection<NodeLoad> nodes) {
    Choice choice = new Choice(demand, nodes);
    choice.narrow();
    List<String> ranked = new ArrayList<>();
    while (!choice.open.isEmpty()) {
      NodeLoad best = best(demand, choice.wished());
      ranked.add(best.node());
      choice.open.removeIf(node -> node == best);
    }
    return choice.placement(ranked);
  }

  /** Why that node, by itself, can't take it; empty when it can. */
  public Optional<String> objection(Demand demand, NodeLoad node) {
    return filters.stream().flatMap(filter -> filter.objection(demand, node).stream()).findFirst();
  }

  /** The one of least cost; of several one that breaks the tie, and of these one drawn by lot. */
  private NodeLoad best(Demand demand, List<NodeLoad> nodes) {
    double[] costs = strategy.costs(demand, nodes);
    double least = Arrays.stream(costs).min().orElseThrow();
    List<NodeLoad> equal = new ArrayList<>();
    for (int i = 0; i < costs.length; i++) {
      if (costs[i] == least) {
        equal.add(nodes.get(i));
      }
    }
    List<NodeLoad> drawn = strategy.isByLot() ? equal : meeting(demand, true, equal);
    return drawn.size() == 1 ? drawn.getFirst() : drawn.get(lots.nextInt(drawn.size()));
  }

  /** Those that meet the wishes of one kind, in their order; one that none meets is dropped. */
  private static List<NodeLoad> meeting(Demand demand, boolean breakingTies, List<NodeLoad> nodes) {
    List<NodeLoad> choice = nodes;
    for (Rule wish : demand.wishes()) {
      if (wish.breaksTiesOnly() == breakingTies) {
        List<NodeLoad> meeting =
            choice.stream().filter(node -> wish.objection(node).isEmpty()).toList();
        choice = meeting.isEmpty() ? choice : meeting;
      }
    }
    return choice;
  }

  /** The nodes that are still in question, and why the others are not. */
  private final class Choice {
    private final Demand demand;
    private final List<NodeLoad> open;
    private final Map<String, String> refused = new TreeMap<>();
    private int furthest = -1;

    private Choice(Demand wanted, Collection<NodeLoad> nodes) {
      open = new ArrayList<>(nodes);
      open.sort(Comparator.comparing(NodeLoad::node));
      demand = wanted.withRules(wanted.rules().stream().filter(ofUse(nodes)).toList());
    }

    /** What is nowhere yet is made, or missed, by the engine it goes to. */
    private static Predicate<Rule> ofUse(Collection<NodeLoad> nodes) {
      return rule ->
          switch (rule) {
            case Rule.Volume volume ->
                nodes.stream().anyMatch(node -> volume.objection(node).isEmpty());
            case Rule.Network network ->
                nodes.stream().anyMatch(node -> network.objection(node).isEmpty());
            default -> true;
          };
    }

    /** Takes out the nodes that can't; false when none is left. */
    private boolean narrow() {
      open.removeIf(this::refuses);
      return !open.isEmpty();
    }

    private boolean refuses(NodeLoad node) {
      for (int i = 0; i < filters.size(); i++) {
        Optional<String> objection = filters.get(i).objection(demand, node);
        if (objection.isPresent()) {
          refused.put(node.node(), objection.get());
          // Who refused had looked at everything.
          boolean isRefusal = filters.get(i) == Filter.NOT_EXCLUDED;
          furthest = isRefusal ? filters.size() - 1 : Math.max(furthest, i);
          return true;
        }
      }
      return false;
    }

    private List<NodeLoad> wished() {
      return meeting(demand, false, open);
    }

    private Placement placement(List<String> places) {
      List<String> conditions =
          filters.subList(0, furthest + 1).stream()
              .map(filter -> filter.conditions(demand))
              .filter(condition -> !condition.isEmpty())
              .map(condition -> "[" + condition + "]")
              .toList();
      return new Placement(places, refused, conditions);
    }
  }
}
