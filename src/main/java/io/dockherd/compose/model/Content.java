package io.dockherd.compose.model;

/** Where a config's or secret's content comes from. None of these holds a secret itself. */
public sealed interface Content {
  /** What the herd calls it: {@code <project>_<key>} where nothing else is said. */
  String name();

  /** {@code file: /src/app.conf}. */
  record OfFile(String name, String path) implements Content {}

  /** {@code environment: TOKEN}: a variable of the caller's. */
  record OfEnvironment(String name, String variable) implements Content {}

  /** {@code content: "a = b"}. */
  record Inline(String name, String text) implements Content {}

  /** {@code external: true}: is there already. */
  record External(String name) implements Content {}
}
