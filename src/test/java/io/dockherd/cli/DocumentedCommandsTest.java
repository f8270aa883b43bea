package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionsLab;
import io.dockherd.doors.actions.CommonFields;
import io.dockherd.doors.actions.Field;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What README and docs tell a reader to type is understood, to the last flag and field. */
class DocumentedCommandsTest {
  /** A command ends with its line, its code span or the apostrophe it stands in. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\bdockherd"
              + " ((?:node|manage|demo|key|cert|config|compose|up|down|ps|logs|scale|restart|rollback|apps|events)"
              + " [^`'\\n"
              + "]+|demo|config|up|down|ps|apps|events)(?=[`'\\n"
              + "])");

  private static final String REQUEST = "{\"action\":";

  private static Stream<Path> pages() {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
          Stream.of(Path.of("README.md")),
          docs.filter(page -> page.toString().endsWith(".md")).sorted().toList().stream())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path page) {
    try {
      return Files.readString(page).replace("\\\n", " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  List<DynamicTest> commands() {
    CommandLine commandLine = CommandTree.build();
    List<DynamicTest> tests = new ArrayList<>();
    pages()
        .forEach(
            page -> {
              Matcher command = COMMAND.matcher(text(page));
              while (command.find()) {
                String line = command.group(1).strip();
                tests.add(
                    DynamicTest.dynamicTest(
                        page.getFileName() + ": dockherd " + line,
                        () -> assertDoesNotThrow(() -> commandLine.parseArgs(line.split("\\s+")))));
              }
            });
    assertTrue(tests.size() > 15, tests.size() + " commands found");
    return tests;
  }

  @TestFactory
  List<DynamicTest> requests() {
    List<Action> actions = new ActionsLab().actions.all();
    List<DynamicTest> tests = new ArrayList<>();
    pages()
        .forEach(
            page -> {
              String text = text(page);
              for (int at = text.indexOf(REQUEST); at >= 0; at = text.indexOf(REQUEST, at + 1)) {
                String request = object(text, at);
                if (!request.contains("…")) {
                  tests.add(
                      DynamicTest.dynamicTest(
                          page.getFileName() + ": " + request, () -> check(request, actions)));
                }
              }
            });
    assertTrue(tests.size() > 30, tests.size() + " requests found");
    return tests;
  }

  private static void check(String request, List<Action> actions) {
    JsonObject json = new JsonObject(request);
    Action action =
        actions.stream()
            .filter(one -> one.names().contains(json.getString("action")))
            .findFirst()
            .orElseThrow();
    List<Field<?>> fields = new ArrayList<>(CommonFields.ALL);
    fields.addAll(action.fields());
    for (String name : json.fieldNames()) {
      Field<?> field =
          fields.stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no field " + name));
      assertDoesNotThrow(() -> field.in(json));
    }
  }

  /** The JSON object that begins there, to its last brace. */
  private static String object(String text, int start) {
    int depth = 0;
    boolean isQuoted = false;
    for (int at = start; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && c == '{') {
        depth++;
      } else if (!isQuoted && c == '}' && --depth == 0) {
        return text.substring(start, at + 1);
      }
    }
    throw new AssertionError("an object without end: " + text.substring(start));
  }
}
