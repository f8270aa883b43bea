package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BalancingTest {
  /** Four on two nodes, two of which were on a third one that has gone; a fourth has come. */
  private static Scene afterALoss() {
    Scene scene = new Scene(Scene.config(), 4).nodes("a", "b", "c");
    scene.running(1, "a", 1);
    scene.running(2, "b", 1);
    scene.running(3, "c", 1);
    scene.running(4, "c", 1);
    scene.lose("c");
    scene.running(3, "a", 1);
    scene.running(4, "b", 1);
    return scene.nodes("d");
  }

  @Test
  void aNodeThatIsLostForGoodKeepsNobodyFromBalancing() {
    assertEquals(List.of("run #5 of 1 on d"), afterALoss().steps());
    Scene forgotten = afterALoss();
    forgotten.known.remove("c");
    assertEquals(List.of("run #5 of 1 on d"), forgotten.steps());
  }

  @Test
  void aSideThatMayStartNothingMovesNothing() {
    Scene scene =
        new Scene(Scene.config(json -> json.put("onSplit", "majority")), 5)
            .nodes("a", "b", "c", "d");
    scene.running(1, "a", 1);
    scene.running(2, "a", 1);
    scene.running(3, "a", 1);
    scene.running(4, "c", 1);
    scene.running(5, "d", 1);
    scene.lose("c").lose("d");
    scene.mayReplace = false;
    assertEquals(List.of(), scene.steps());
  }
}
