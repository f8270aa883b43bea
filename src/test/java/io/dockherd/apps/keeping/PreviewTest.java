package io.dockherd.apps.keeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.Apps;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.Proposal;
import io.dockherd.apps.Step;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.NotFound;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every change can be looked at before it is made. */
class PreviewTest {
  private static final AppPath WEB = new AppPath("/shop/web");

  private final AppsBench bench = new AppsBench();
  private final Apps apps = bench.apps();
  private App before;
  private Instance first;

  @BeforeEach
  void up() {
    put("a", 2);
    bench.settle("/shop/web");
    first = bench.run("/shop/web", 1, "host-1");
    bench.run("/shop/web", 2, "host-2");
    before = bench.app("/shop/web");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private String put(String image, int instances) {
    return apps.put(
            List.of(AppsBench.wanted("/shop/web", AppsBench.config(image), instances)),
            bench.options())
        .rolloutId();
  }

  private List<String> steps(Proposal proposal) {
    List<String> steps =
        apps.preview(proposal, bench.options()).steps().stream().map(Step::words).toList();
    assertEquals(before, bench.app("/shop/web"), "something was changed");
    return steps;
  }

  private static void assertBegin(List<String> steps, String... words) {
    assertEquals(words.length, steps.size(), steps.toString());
    for (int i = 0; i < words.length; i++) {
      assertTrue(steps.get(i).startsWith(words[i]), steps.toString());
    }
  }

  @Test
  void ofAScaling() {
    assertBegin(
        steps(new Proposal.Scale(WEB, 3)), "run /shop/web #3", "/shop/web is as it is to be");
    assertBegin(
        steps(new Proposal.Scale(WEB, 1)), "stop /shop/web #2", "/shop/web is as it is to be");
    assertBegin(steps(new Proposal.Scale(WEB, 2)));
    assertThrows(NotFound.class, () -> steps(new Proposal.Scale(new AppPath("/shop/db"), 2)));
  }

  @Test
  void ofARestart() {
    List<String> steps = steps(new Proposal.Restart(WEB));
    assertEquals(5, steps.size(), steps.toString());
    assertTrue(steps.getFirst().contains("of revision 2-"), steps.toString());
  }

  @Test
  void ofARollBackAndOfACancel() {
    RevisionId old = before.revision();
    String update = put("b", 2);
    before = bench.app("/shop/web");
    assertThrows(Conflict.class, () -> steps(new Proposal.RollBack(WEB, old)));
    assertBegin(steps(new Proposal.Cancel(update, false)), "/shop/web is as it is to be");
    assertBegin(steps(new Proposal.Cancel(update, true)));
    assertThrows(NotFound.class, () -> steps(new Proposal.Cancel("none", false)));
    bench.settle("/shop/web");
    before = bench.app("/shop/web");
    assertBegin(steps(new Proposal.RollBack(WEB, old)), "/shop/web is as it is to be");
  }

  @Test
  void ofADeletion() {
    assertBegin(steps(new Proposal.Delete(List.of(WEB))), "stop /shop/web #1", "stop /shop/web #2");
  }

  @Test
  void ofAKill() {
    assertBegin(
        steps(new Proposal.Kill(WEB, Set.of(first.id()), false)),
        "stop /shop/web #1",
        "run /shop/web #1");
    assertBegin(
        steps(new Proposal.Kill(WEB, Set.of(first.id()), true)),
        "stop /shop/web #1",
        "/shop/web is as it is to be");
  }
}
