package io.dockherd.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Unplaceable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerTest {
  private static final long GIB = 1L << 30;
  private static final Demand ANY = Demand.of("a container");

  private static NodeLoad node(String name, int containers, double load, long freeGib) {
    return new NodeLoad(
        name, "", "", containers, 0, 4, load, 16 * GIB, freeGib * GIB, Map.of(), Contents.NONE);
  }

  private static Map<String, Integer> counted(Placement placement) {
    Map<String, Integer> counts = new TreeMap<>();
    placement.nodes().forEach(node -> counts.merge(node, 1, Integer::sum));
    return counts;
  }

  /** a, b, c: containers already there, load of 4 CPUs, GiB free. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "equal hosts                     | 0 0 8 | 0 0 8 | 0 0 8 | 60 | 20 20 20",
        "what is there counts            | 4 0 8 | 0 0 8 | 0 0 8 |  8 | 0 4 4",
        "a tenth less memory is equal    | 0 0 10| 0 0 9 | 0 0 10| 60 | 20 20 20",
        "half the memory gets fewer      | 0 0 8 | 0 0 8 | 0 0 4 | 28 | 10 10 8",
        "a quarter of the memory         | 0 0 8 | 0 0 8 | 0 0 2 | 23 | 9 9 5",
        "a busy host gets fewer          | 0 0 8 | 0 0 8 | 0 8 8 | 28 | 10 10 8",
        "a little load makes no odds     | 0 1 8 | 0 0 8 | 0 0 8 | 60 | 20 20 20",
        "no memory at all is the last    | 0 0 8 | 0 0 8 | 0 0 0 | 40 | 20 20 0",
      })
  void spreadsByNumberAndRoom(
      String what, String a, String b, String c, int count, String expected) {
    List<NodeLoad> nodes = List.of(parse("a", a), parse("b", b), parse("c", c));
    Placement placement = Scheduler.spreading(new Random(1)).place(ANY, count, nodes);
    Map<String, Integer> counts = counted(placement);
    String got =
        counts.getOrDefault("a", 0)
            + " "
            + counts.getOrDefault("b", 0)
            + " "
            + counts.getOrDefault("c", 0);
    assertEquals(expected, got);
  }

  private static NodeLoad parse(String name, String text) {
    String[] parts = text.strip().split(" +");
    return node(
        name, Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]));
  }

  @Test
  void aNodeThatTakesNothingGetsNothingAndSaysWhy() {
    List<NodeLoad> nodes =
        List.of(node("a", 90, 4, 1), NodeLoad.unavailable("b", "its engine does not answer"));
    Placement placement = Scheduler.spreading(new Random(1)).place(ANY, 5, nodes);
    assertEquals(Map.of("a", 5), counted(placement));
    assertEquals(Map.of("b", "its engine does not answer"), placement.refused());
  }

  @Test
  void whatFitsNowhereSaysForEachNodeWhy() {
    Demand demand = new Demand("a container of image big", 9 * GIB, Set.of("a"));
    List<NodeLoad> nodes =
        List.of(
            node("a", 0, 0, 12), node("b", 0, 0, 8), NodeLoad.unavailable("c", "is being drained"));
    Placement placement = Scheduler.spreading(new Random(1)).place(demand, 1, nodes);
    Unplaceable failure = assertThrows(Unplaceable.class, () -> placement.first(demand));
    assertEquals(
        "no node can take a container of image big: a: has refused it already; b: has 8192 MiB of"
            + " memory free, 9216 MiB are asked for; c: is being drained",
        failure.getMessage());
  }

  @Test
  void memoryAskedForIsCountedAsItIsPlaced() {
    Demand demand = new Demand("a container", 3 * GIB, Set.of());
    Placement placement =
        Scheduler.spreading(new Random(1))
            .place(demand, 9, List.of(node("a", 0, 0, 8), node("b", 0, 0, 4)));
    assertEquals(Map.of("a", 2, "b", 1), counted(placement));
    assertEquals(Set.of("a", "b"), placement.refused().keySet());
  }

  @Test
  void ranksEveryNodeThatMayTakeItOnceTheBestFirst() {
    List<NodeLoad> nodes =
        List.of(
            node("a", 5, 0, 8),
            node("b", 1, 0, 8),
            node("c", 3, 0, 8),
            NodeLoad.unavailable("d", "gone"));
    Placement placement = Scheduler.spreading(new Random(1)).rank(ANY, nodes);
    assertEquals(List.of("b", "c", "a"), placement.nodes());
    assertEquals(Map.of("d", "gone"), placement.refused());
  }

  @Test
  void theSameInputAndDrawsGiveTheSamePlaces() {
    List<NodeLoad> nodes =
        new ArrayList<>(List.of(node("a", 0, 0, 8), node("b", 0, 0, 8), node("c", 0, 0, 8)));
    Placement first = Scheduler.spreading(new Random(7)).place(ANY, 20, nodes);
    Collections.reverse(nodes);
    assertEquals(first, Scheduler.spreading(new Random(7)).place(ANY, 20, nodes));
  }

  @Test
  void equalNodesAreDrawnByLotSoThatCallersDoNotAllPickTheSame() {
    List<NodeLoad> nodes = List.of(node("a", 0, 0, 8), node("b", 0, 0, 8), node("c", 0, 0, 8));
    Scheduler scheduler = Scheduler.spreading(new Random(3));
    Map<String, Integer> firsts = new TreeMap<>();
    for (int i = 0; i < 3000; i++) {
      firsts.merge(scheduler.place(ANY, 1, nodes).first(ANY), 1, Integer::sum);
    }
    firsts.forEach((node, times) -> assertTrue(times > 850 && times < 1150, firsts.toString()));
  }

  @Test
  void equalNodesNeverDifferByMoreThanOneAndRefusedOnesGetNothing() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int already = random.nextInt(5);
      List<NodeLoad> nodes = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        // As measured on equal hosts at different moments: never quite the same.
        long free = 8 * GIB - random.nextLong(GIB / 2);
        double load = 0.1 * random.nextDouble();
        nodes.add(
            new NodeLoad(
                "n" + i, "", "", already, 0, 4, load, 16 * GIB, free, Map.of(), Contents.NONE));
      }
      int refusing = random.nextInt(4);
      for (int i = 0; i < refusing; i++) {
        nodes.add(NodeLoad.unavailable("refusing-" + i, "refuses"));
      }
      Collections.shuffle(nodes, random);
      int count = random.nextInt(200);
      Placement placement = Scheduler.spreading(random).place(ANY, count, nodes);

      String which = "seed " + seed + ": " + counted(placement);
      assertEquals(count, placement.nodes().size(), which);
      assertEquals(refusing, count == 0 ? refusing : placement.refused().size(), which);
      Map<String, Integer> counts = counted(placement);
      assertFalse(counts.keySet().stream().anyMatch(n -> n.startsWith("refusing")), which);
      List<Integer> shares =
          nodes.stream()
              .filter(NodeLoad::isAvailable)
              .map(node -> counts.getOrDefault(node.node(), 0))
              .sorted()
              .toList();
      assertTrue(shares.getLast() - shares.getFirst() <= 1, which);
    }
  }

  @Test
  void aNodeWithLessRoomNeverGetsMore() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      NodeLoad small = node("small", 0, 0, 1 + random.nextInt(8));
      NodeLoad large = node("large", 0, 0, small.memoryFreeBytes() / GIB + random.nextInt(8));
      int count = random.nextInt(100);
      Map<String, Integer> counts =
          counted(Scheduler.spreading(random).place(ANY, count, List.of(small, large)));
      int surplus = counts.getOrDefault("small", 0) - counts.getOrDefault("large", 0);
      assertTrue(surplus <= 1, "seed " + seed + ": " + counts);
    }
  }

  @Test
  void onePlaceAtATimeComesOutAsEvenAsAllAtOnce() {
    Scheduler scheduler = Scheduler.spreading(new Random(5));
    List<NodeLoad> nodes = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      nodes.add(node(name, 0, 0, 8));
    }
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 42; i++) {
      String place = scheduler.place(ANY, 1, nodes).first(ANY);
      counts.merge(place, 1, Integer::sum);
      nodes.replaceAll(node -> node.node().equals(place) ? node.plus(ANY) : node);
    }
    assertTrue(Collections.max(counts.values()) - Collections.min(counts.values()) <= 1);
  }

  private static NodeLoad holding(String image, NodeLoad node) {
    return new NodeLoad(
        node.node(),
        "",
        "",
        node.containers(),
        0,
        4,
        0,
        8 * GIB,
        8 * GIB,
        Map.of(),
        Contents.of(List.of(), Set.of(image), Set.of(), Set.of()));
  }

  private static Demand ofImage(String image) {
    return new Demand(
        "a container", 0, Tenant.NOBODY, List.of(), List.of(new Rule.Image(image)), Set.of());
  }

  @Test
  void anImageOnOneNodeDrawsTheFirstContainerAndNotAll() {
    List<NodeLoad> nodes =
        List.of(node("a", 0, 0, 8), holding("built:1", node("b", 0, 0, 8)), node("c", 0, 0, 8));
    for (int seed = 0; seed < 20; seed++) {
      Placement placement =
          Scheduler.spreading(new Random(seed)).place(ofImage("built:1"), 30, nodes);
      assertEquals("b", placement.nodes().getFirst());
      assertEquals(Map.of("a", 10, "b", 10, "c", 10), counted(placement));
    }
    List<NodeLoad> busier = List.of(node("a", 0, 0, 8), holding("built:1", node("b", 1, 0, 8)));
    assertEquals(
        List.of("a", "b"),
        Scheduler.spreading(new Random(1)).rank(ofImage("built:1"), busier).nodes());
  }

  @Test
  void chanceIsNotDrawnByAnImage() {
    List<NodeLoad> nodes =
        List.of(node("a", 0, 0, 8), holding("built:1", node("b", 0, 0, 8)), node("c", 0, 0, 8));
    Scheduler random = new Scheduler(Filter.ALWAYS, new Chance(), new Random(1));
    Map<String, Integer> counts = counted(random.place(ofImage("built:1"), 300, nodes));
    counts.values().forEach(count -> assertTrue(count > 60 && count < 140, counts.toString()));
  }
}
