package io.dockherd.compose.problems;

import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gathers what is wrong, so that somebody who wrote five mistakes is told five times at once, and
 * what is worth a warning, each only once.
 */
public final class Problems {
  /** What follows from one early mistake is not worth more lines than these. */
  private static final int SHOWN = 50;

  /** The rest is only counted. */
  private static final int KEPT = 1000;

  private static final Comparator<Position> PLACE =
      Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

  private final Set<Problem> wrong = new LinkedHashSet<>();
  private int count;
  private final List<Problem> warnings = new ArrayList<>();
  private final Set<String> warned = new HashSet<>();

  /** Something is wrong; reading goes on to find the rest. */
  public void add(Position at, String what, String remedy) {
    if (wrong.size() < KEPT) {
      if (wrong.add(new Problem(at, what, remedy))) {
        count++;
      }
    } else {
      count++;
    }
  }

  /** Whether there is so much wrong already that more need not be explained well. */
  public boolean areMany() {
    return wrong.size() >= SHOWN;
  }

  /**
   * Something deserves a warning, told once.
   *
   * @param topic what it is about: of several warnings about it the first is kept
   */
  public void warn(String topic, Position at, String what, String remedy) {
    if (warned.add(topic)) {
      warnings.add(new Problem(at, what, remedy));
    }
  }

  /** All warnings so far. */
  public List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /** Something so wrong that reading can't go on: the failure to throw, with all found before. */
  public Invalid stop(Position at, String what, String remedy) {
    Problem last = new Problem(at, what, remedy);
    if (wrong.add(last)) {
      count++;
    }
    return failure();
  }

  /**
   * Goes on only when nothing is wrong.
   *
   * @throws Invalid with a line for each problem
   */
  public void check() {
    if (!wrong.isEmpty()) {
      throw failure();
    }
  }

  private Invalid failure() {
    List<Problem> all = inOrder();
    Problem first = all.getFirst();
    if (count == 1) {
      return new Invalid(first.at().file(), first.at() + ": " + first.wrong(), first.remedy());
    }
    String lines =
        all.stream().limit(SHOWN).map(problem -> "\n  " + problem).collect(Collectors.joining());
    String rest = count > SHOWN ? "\n  and " + (count - SHOWN) + " more" : "";
    return new Invalid(first.at().file(), count + " things are wrong:" + lines + rest, "");
  }

  /** By file, in the order the files were met, and within a file from top to bottom. */
  private List<Problem> inOrder() {
    Map<String, List<Problem>> files = new LinkedHashMap<>();
    wrong.forEach(
        problem ->
            files.computeIfAbsent(problem.at().file(), file -> new ArrayList<>()).add(problem));
    return files.values().stream()
        .flatMap(problems -> problems.stream().sorted(Comparator.comparing(Problem::at, PLACE)))
        .toList();
  }
}
