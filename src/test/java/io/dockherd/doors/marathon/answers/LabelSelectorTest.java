package io.dockherd.doors.marathon.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.marathon.definition.NotValid;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("team", "red", "stage", "live", "a b", "x,y");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "team | true",
        "none | false",
        "team==red | true",
        "team == red | true",
        "team==blue | false",
        "team!=blue | true",
        "team!=red | false",
        "none!=red | false",
        "stage in (test, live) | true",
        "stage in(test) | false",
        "stage notin (test) | true",
        "stage notin (live) | false",
        "none notin (live) | false",
        "team,stage==live | true",
        "team==red , stage==test | false",
        "a\\ b==x\\,y | true",
        "team==red,none | false",
      })
  void labelsAreChosen(String selector, boolean isChosen) {
    assertEquals(isChosen, LabelSelector.parse(selector).test(LABELS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "team=",
        "team==",
        "==red",
        "team in",
        "team in (",
        "team in (a",
        "a b",
        "a,,b",
        "team in ()",
        "\\"
      })
  void whatIsNoSelectorIsRefused(String selector) {
    assertThrows(NotValid.class, () -> LabelSelector.parse(selector));
  }
}
