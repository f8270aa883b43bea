package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.PodSpec.FailurePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  /** {@code web}, {@code db}, {@code aux} in that order: a code, {@code -} while it runs. */
  private static List<Verdict.Standing> standings(String text) {
    List<String> names = List.of("web", "db", "aux");
    List<Verdict.Standing> standings = new ArrayList<>();
    for (String each : text.split(" ")) {
      boolean isOut = each.endsWith("!");
      Optional<Integer> code =
          each.equals("-")
              ? Optional.empty()
              : Optional.of(Integer.parseInt(each.replace("!", "")));
      standings.add(new Verdict.Standing(names.get(standings.size()), code, isOut, false));
    }
    return standings;
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.GoesOn goesOn -> "goes on";
      case Verdict.Finished finished -> "finished";
      case Verdict.Failed(Verdict.Standing last) -> "failed with " + last.name();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "ANY,     SERVICE, - - -,   goes on",
    "ANY,     SERVICE, - 0 -,   goes on",
    "ANY,     SERVICE, - 3 -,   failed with db",
    "ANY,     SERVICE, 0 0 0,   failed with web",
    "ANY,     JOB,     0 0 0,   finished",
    "ANY,     JOB,     0 0 1,   failed with aux",
    "ANY,     JOB,     0 0! -,  failed with db",
    "ALL,     SERVICE, 1 1 -,   goes on",
    "ALL,     SERVICE, 0 1 0,   failed with db",
    "ALL,     JOB,     0 1 0,   failed with db",
    "ALL,     JOB,     0 0 0,   finished",
    "PRIMARY, SERVICE, - 1 1,   goes on",
    "PRIMARY, SERVICE, 0 - -,   failed with web",
    "PRIMARY, JOB,     0 - 1,   finished",
    "PRIMARY, JOB,     2 - -,   failed with web",
  })
  void endsAreJudgedByThePolicy(FailurePolicy policy, Kind kind, String ends, String verdict) {
    assertEquals(verdict, words(Verdict.of(policy, kind, standings(ends))));
  }
}
