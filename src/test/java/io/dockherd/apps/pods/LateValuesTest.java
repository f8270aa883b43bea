package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.failure.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateValuesTest {
  private static LateValues of(int slot, Integer... ports) {
    return new LateValues(
        new AppPath("/shop/web"),
        new InstanceId(slot, "k2x9qa0b"),
        "10.213.0.1",
        "host-1",
        "2026-11-28T09:00:00.123Z",
        "/var/lib/dockherd/instances/web",
        List.of(ports));
  }

  @ParameterizedTest
  @CsvSource({
    "shop-web-{slot}, shop-web-3",
    "shop-web{nth}, shop-web-3",
    "shop---web{copy}, shop---web---3",
    "{instance}@{node}, 3-k2x9qa0b@host-1",
    "http://{host}:{port:1}/, http://10.213.0.1:31007/",
    "'{ports}', '31000,31007'",
    "'{slot}{slot}', 33",
    "{version} in {folder}, 2026-11-28T09:00:00.123Z in /var/lib/dockherd/instances/web",
    "'{other} {} {port:x} {{slot}', '{other} {} {port:x} {3'",
    "$0 \\1 {node}, $0 \\1 host-1",
  })
  void bracesAreFilled(String text, String filled) {
    assertEquals(filled, of(3, 31000, 31007).fill(text));
  }

  @Test
  void theFirstHasNoNumberToItsName() {
    assertEquals("shop-web", of(1).fill("shop-web{nth}"));
    assertEquals("shop---web", of(1).fill("shop---web{copy}"));
  }

  @Test
  void theTaskIsMarathons() {
    LateValues late = of(3);
    assertEquals(Instance.taskId(late.path(), late.id()), late.fill("{task}"));
  }

  @Test
  void aPortThatIsNotPublishedIsAMistake() {
    assertThrows(Invalid.class, () -> of(3, 31000).fill("{port:1}"));
    assertEquals("", of(3).fill("{ports}"));
  }
}
