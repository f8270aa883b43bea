package io.dockherd.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.node.settings.Chapter;
import io.dockherd.node.settings.Setting;
import io.dockherd.node.settings.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/settings.md against the table. After a change of the table write it anew with {@code
 * mvn test -Dtest=SettingsPageTest -Dregenerate=true} and read the diff.
 */
class SettingsPageTest {
  private static final Path PAGE = Path.of("docs", "settings.md");

  @Test
  void thePageSaysWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("regenerate")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page());
    }
    assertEquals(page(), Files.readString(PAGE));
  }

  @Test
  void everyNameMeansOneSetting() {
    Set<String> seen = new HashSet<>();
    List<String> twice =
        SettingsTable.all().flatMap(Setting::names).filter(name -> !seen.add(name)).toList();
    assertEquals(List.of(), twice);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            Every setting of a node, with its default and the reason for it. This page is written from the
            table in the code (`io.dockherd.node.settings`), as `dockherd node --help` is.

            A setting is given as a flag (`--task-timeout 3s`), as an environment variable
            (`DOCKHERD_TASK_TIMEOUT=3s`) or as a key of the configuration file named by `--config`
            (`{"taskTimeout": 3000}`; a JSON object, C comments are fine). A flag wins over a variable, a
            variable over the file. Times are milliseconds or carry a unit (`250 ms`, `5 s`, `2 m`, `1 h`,
            `7 d`), sizes are bytes or carry one (`64 KiB`, `4 MiB`). An unknown key in the file is told in
            the log with the nearest known one; a value that can't be read stops the node with a message
            that names the key, the value and what is expected.
            """);
    SettingsTable.CHAPTERS.forEach(chapter -> appendChapter(page, chapter));
    return page.toString();
  }

  private static void appendChapter(StringBuilder page, Chapter chapter) {
    page.append("\n## ").append(chapter.title()).append('\n');
    for (Setting<?> setting : chapter.settings()) {
      page.append("\n### ").append(setting.key()).append("\n\n");
      page.append(setting.why()).append("\n\n");
      page.append("* Default: ").append(fallback(setting)).append('\n');
      page.append("* Value: ").append(setting.kind().expected()).append('\n');
      page.append("* Given as: ").append(waysToGive(setting)).append('\n');
    }
  }

  private static String fallback(Setting<?> setting) {
    return setting.fallback().isEmpty() ? setting.otherwise() : "`" + setting.fallback() + "`";
  }

  private static String waysToGive(Setting<?> setting) {
    String flags =
        setting.flags().stream().map(flag -> "`" + flag + "`, ").collect(Collectors.joining());
    String aliases =
        setting.aliases().stream()
            .map(alias -> ", in the file also `" + alias + "`")
            .collect(Collectors.joining());
    return flags + "`" + setting.variable() + "`" + aliases;
  }
}
