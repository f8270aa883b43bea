package io.dockherd.compose.interpolation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random templates, filled, are what they were made to say; and no text at all is a crash. */
class TemplateTest {
  private static final Map<String, String> VALUES = Map.of("A", "1", "B", "", "C_2", "x y");
  private static final String[] NAMES = {"A", "B", "C_2", "_unset", "Unset9"};
  private static final String[] OPERATORS = {"", ":-", "-", ":+", "+", ":?", "?"};

  /** A template's text and what it has to become; nothing where it has to be refused. */
  private record Made(String text, Optional<String> meaning) {
    Made then(Made next) {
      return new Made(
          text + next.text, meaning.flatMap(first -> next.meaning.map(second -> first + second)));
    }
  }

  @Test
  void randomTemplatesMeanWhatTheyWereMadeOf() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Made made = make(random, 4);
      Optional<String> filled;
      try {
        filled = Optional.of(Template.parse(made.text()).fill(Variables.of(VALUES), name -> {}));
      } catch (BadTemplate e) {
        filled = Optional.empty();
      }
      assertEquals(made.meaning(), filled, made.text());
    }
  }

  private static Made make(Random random, int depth) {
    Made made = new Made("", Optional.of(""));
    int pieces = random.nextInt(4);
    for (int i = 0; i < pieces; i++) {
      made =
          made.then(
              switch (random.nextInt(depth > 0 ? 4 : 2)) {
                case 0 -> new Made("$$", Optional.of("$"));
                case 1 -> literal(random);
                default -> variable(random, depth);
              });
    }
    return made;
  }

  private static Made literal(Random random) {
    String text = new String[] {"text", " ", "{b}", "-:?", "ü"}[random.nextInt(5)];
    return new Made(text, Optional.of(text));
  }

  private static Made variable(Random random, int depth) {
    String name = NAMES[random.nextInt(NAMES.length)];
    String operator = OPERATORS[random.nextInt(OPERATORS.length)];
    Made operand = operator.isEmpty() ? new Made("", Optional.of("")) : make(random, depth - 1);
    Optional<String> value = Optional.ofNullable(VALUES.get(name));
    boolean counts =
        operator.startsWith(":") ? value.filter(v -> !v.isEmpty()).isPresent() : value.isPresent();
    Optional<String> meaning =
        switch (operator.replace(":", "")) {
          case "-" -> counts ? value : operand.meaning();
          case "+" -> counts ? operand.meaning() : Optional.of("");
          case "?" -> counts ? value : Optional.empty();
          default -> Optional.of(value.orElse(""));
        };
    return new Made("${" + name + operator + operand.text() + "}", meaning);
  }

  @Test
  void rubbishIsRefusedOrRead() {
    Random random = new Random(8);
    String letters = "${}:-?+Aa_1 \n";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      assertDoesNotThrow(
          () -> {
            try {
              Template.parse(text.toString()).fill(Variables.of(VALUES), name -> {});
            } catch (BadTemplate e) {
              // Told.
            }
          },
          text::toString);
    }
  }
}
