package io.dockherd.compose.schema;

import java.util.regex.Pattern;

/** What a name of the writer's may look like. */
final class Names {
  static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,254}");

  private Names() {}
}
