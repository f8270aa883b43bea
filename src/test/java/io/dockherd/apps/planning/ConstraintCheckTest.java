package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.model.Constraint;
import io.dockherd.apps.model.Constraint.Operator;
import io.dockherd.scheduling.NodeLoad;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Marathon's constraints, §5 of its behaviour, one line a case. */
class ConstraintCheckTest {
  private static final List<NodeLoad> NODES =
      List.of(
          Scene.node("a", Map.of("zone", "x", "disk", "ssd-1")),
          Scene.node("b", Map.of("zone", "x")),
          Scene.node("c", Map.of("zone", "y", "disk", "hdd")),
          Scene.node("d", Map.of("zone", "z")));

  /**
   * @param there node → how many instances are on it
   * @param fits the nodes that may take one more
   */
  private record Case(
      String field, Operator operator, String value, Map<String, Integer> there, String fits) {}

  @Test
  void eachOperatorLetsInWhatItSays() {
    Map<String, Integer> none = Map.of();
    for (Case one :
        List.of(
            new Case("node", Operator.UNIQUE, "", Map.of("a", 1), "bcd"),
            new Case("zone", Operator.UNIQUE, "", Map.of("a", 1), "cd"),
            new Case("disk", Operator.UNIQUE, "", none, "ac"),
            new Case("node", Operator.CLUSTER, "b", none, "b"),
            new Case("zone", Operator.CLUSTER, "", none, "abcd"),
            new Case("zone", Operator.CLUSTER, "", Map.of("b", 2), "ab"),
            new Case("zone", Operator.CLUSTER, "y", Map.of("b", 2), "c"),
            new Case("zone", Operator.GROUP_BY, "", none, "abcd"),
            new Case("zone", Operator.GROUP_BY, "", Map.of("a", 1), "cd"),
            new Case("zone", Operator.GROUP_BY, "", Map.of("a", 1, "c", 1), "d"),
            new Case("zone", Operator.GROUP_BY, "", Map.of("a", 1, "c", 1, "d", 1), "abcd"),
            new Case("zone", Operator.GROUP_BY, "", Map.of("a", 2, "c", 1, "d", 1), "cd"),
            new Case("zone", Operator.GROUP_BY, "2", Map.of("a", 1, "c", 1), "abcd"),
            new Case("zone", Operator.GROUP_BY, "2", Map.of("a", 2, "c", 1), "cd"),
            new Case("zone", Operator.GROUP_BY, "4", Map.of("a", 1, "c", 1, "d", 1), ""),
            new Case("disk", Operator.LIKE, "ssd-[0-9]", none, "a"),
            new Case("disk", Operator.LIKE, "ssd", none, ""),
            new Case("disk", Operator.UNLIKE, "ssd-[0-9]", none, "bcd"),
            new Case("node", Operator.MAX_PER, "2", Map.of("a", 2, "b", 1), "bcd"),
            new Case("zone", Operator.MAX_PER, "2", Map.of("a", 1, "b", 1), "cd"),
            new Case("disk", Operator.IS, "hdd", none, "c"),
            new Case("disk", Operator.IS_NOT, "hdd", none, "abd"))) {
      Constraint constraint = new Constraint(one.field(), one.operator(), one.value());
      ConstraintCheck check = new ConstraintCheck(List.of(constraint), NODES);
      String fits =
          NODES.stream()
              .filter(node -> check.objection(node, one.there()).isEmpty())
              .map(NodeLoad::node)
              .collect(Collectors.joining());
      assertEquals(one.fits(), fits, one.toString());
    }
  }

  @Test
  void anObjectionSaysWhatTheNodeHas() {
    ConstraintCheck check =
        new ConstraintCheck(List.of(new Constraint("zone", Operator.IS, "y")), NODES);
    assertEquals("has zone=x, not y", check.objection(NODES.get(0), Map.of()).orElseThrow());
  }

  /** A pattern somebody sent must not keep a steward busy. */
  @Test
  void aHostilePatternTakesNoTime() {
    String text = "a".repeat(200) + "!";
    Constraint constraint = new Constraint("disk", Operator.LIKE, "(a+)+$");
    NodeLoad node = Scene.node("a", Map.of("disk", text));
    ConstraintCheck check = new ConstraintCheck(List.of(constraint), List.of(node));
    assertEquals(true, check.objection(node, Map.of()).isPresent());
  }
}
