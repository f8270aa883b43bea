package io.dockherd.node.settings;

import java.lang.System.Logger.Level;
import java.util.List;

/** What is written to the log. */
public final class LogSettings {
  public static final Setting<Level> LOG_LEVEL =
      Setting.of(
          "logLevel",
          Kinds.LEVEL,
          "info",
          "The least serious events written to standard error: debug, info, warning or error. At info"
              + " there is only what an operator acts on.");

  static final Chapter CHAPTER = new Chapter("The log", List.of(LOG_LEVEL));

  private LogSettings() {}
}
