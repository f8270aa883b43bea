package io.dockherd.bench;

/**
 * How much is measured.
 *
 * @param rounds of each kind, node and engine in turns
 * @param millis how long one round of calls takes
 * @param warming for how many milliseconds calls are made before any is measured
 * @param containers over all hosts
 * @param megabytes of the file that is copied
 * @param lines of the log that is read
 * @param runs of a container in one round
 */
record BenchFlags(
    int rounds, int millis, int warming, int containers, int megabytes, int lines, int runs) {
  static final BenchFlags USUAL = new BenchFlags(3, 3_000, 30_000, 300, 256, 10_000, 10);

  /** As {@code --megabytes 1024 --rounds 5}; what is not said is as usual. */
  static BenchFlags parse(String... arguments) {
    BenchFlags flags = USUAL;
    if (arguments.length % 2 != 0) {
      throw new IllegalArgumentException(arguments[arguments.length - 1] + " has no value");
    }
    for (int i = 0; i < arguments.length; i += 2) {
      flags = flags.with(arguments[i], Integer.parseInt(arguments[i + 1]));
    }
    return flags;
  }

  private BenchFlags with(String flag, int value) {
    return switch (flag) {
      case "--rounds" -> new BenchFlags(value, millis, warming, containers, megabytes, lines, runs);
      case "--millis" -> new BenchFlags(rounds, value, warming, containers, megabytes, lines, runs);
      case "--warming" -> new BenchFlags(rounds, millis, value, containers, megabytes, lines, runs);
      case "--containers" -> new BenchFlags(rounds, millis, warming, value, megabytes, lines, runs);
      case "--megabytes" -> new BenchFlags(rounds, millis, warming, containers, value, lines, runs);
      case "--lines" -> new BenchFlags(rounds, millis, warming, containers, megabytes, value, runs);
      case "--runs" -> new BenchFlags(rounds, millis, warming, containers, megabytes, lines, value);
      default -> throw new IllegalArgumentException("there is no flag " + flag);
    };
  }
}
