package io.dockherd.compose.schema;

import java.util.regex.Pattern;

/**
 * {@code x-dockherd}: what the herd can do and Compose has no words for. At a service it is about
 * that service; outermost it is about all that say nothing themselves, and about the pod where the
 * whole file is one.
 */
final class HerdKeys {
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

  private static final Keys CONSTRAINT =
      Keys.of("a constraint")
          .honours("field", Scalars.text())
          .honours(
              "operator",
              Scalars.choice(
                  "unique", "cluster", "group-by", "like", "unlike", "max-per", "is", "is-not"))
          .honours("value", Scalars.anyText())
          .requires("field", "operator");

  private static final Keys CHECK =
      Keys.of("a check")
          .honours("kind", Scalars.choice("http", "https", "tcp", "command"))
          .honours("port", Scalars.whole(1, 65535))
          .honours("path", Scalars.text())
          .honours("command", new CommandLine())
          .honours("grace", Scalars.duration())
          .honours("interval", Scalars.duration())
          .honours("timeout", Scalars.duration())
          .honours("failures", Scalars.whole(0, 100_000))
          .requires("kind");

  private static final Keys UPDATE =
      Keys.of("an update")
          .honours("parallelism", Scalars.whole(0, 100_000))
          .honours("order", Scalars.choice("stop-first", "start-first"))
          .honours("minimum_healthy", Scalars.amount())
          .honours("maximum_over", Scalars.amount())
          .honours("delay", Scalars.duration())
          .honours("monitor", Scalars.duration())
          .honours("deadline", Scalars.duration())
          .honours("max_failure_ratio", Scalars.amount())
          .honours("failure_action", Scalars.choice("pause", "continue", "rollback"));

  /** Of a service. */
  static final Keys OF_SERVICE = common(Keys.of("an x-dockherd"));

  /** Of a file. */
  static final Keys OF_FILE =
      common(Keys.of("an x-dockherd"))
          .honours("replicas", Scalars.matching("a number of pods", COUNT))
          .honours("failure", Scalars.choice("any", "all", "primary"))
          .honours("primary", Scalars.text());

  private HerdKeys() {}

  private static Keys common(Keys keys) {
    return keys.honours("on_split", Scalars.choice("available", "majority", "stay"))
        .honours("constraints", ListOf.of("constraints", CONSTRAINT))
        .honours("affinities", ListOf.of("affinities", Scalars.text()))
        .honours("kill_selection", Scalars.choice("youngest-first", "oldest-first"))
        .honours(
            "backoff",
            Keys.of("a backoff")
                .honours("first", Scalars.duration())
                .honours("factor", Scalars.amount())
                .honours("longest", Scalars.duration()))
        .honours("drain", Scalars.duration())
        .honours("update", UPDATE)
        .honours("checks", ListOf.of("checks", CHECK));
  }
}
