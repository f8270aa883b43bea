package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/actions.md leaves out no action, no name of one and no field. */
class ActionsPageTest {
  @Test
  void thePageNamesEveryActionAndField() throws IOException {
    String page = Files.readString(Path.of("docs/actions.md"));
    try (ActionsLab lab = new ActionsLab()) {
      for (Field<?> field : CommonFields.ALL) {
        assertTrue(page.contains("`" + field.name() + "`"), field.name());
      }
      for (Action action : lab.actions.all()) {
        String heading =
            page.lines()
                .filter(line -> line.startsWith("### ") && isIn(line, action.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no heading for " + action.name()));
        String chapter = page.substring(page.indexOf(heading));
        chapter = chapter.split("\n##+ ")[0];
        assertTrue(
            action.names().stream().anyMatch(chapter.replace(" ", "")::contains)
                && chapter.contains("{\"action\":\""),
            "no sample of " + action.name());
        for (String name : action.names()) {
          assertTrue(isIn(heading, name), name + " in " + heading);
        }
        for (Field<?> field : action.fields()) {
          assertTrue(
              chapter.contains("`" + field.name() + "`"), field.name() + " of " + action.name());
        }
      }
    }
  }

  private static boolean isIn(String heading, String name) {
    return heading.matches(".*(?<![\\w-])" + name + "(?![\\w-]).*");
  }
}
