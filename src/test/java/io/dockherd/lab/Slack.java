package io.dockherd.lab;

import java.time.Duration;

/**
 * The times the herd promises hold where the cores are free. In a test run three nodes, three
 * engines and the tests share two of them, so three times as long is given there; {@code
 * DOCKHERD_SLACK=1} holds the herd to its word on a machine that does nothing else.
 */
public final class Slack {
  private static final int FACTOR =
      Integer.parseInt(System.getenv().getOrDefault("DOCKHERD_SLACK", "3"));

  private Slack() {}

  /** That promise, with slack. */
  public static Duration on(Duration promised) {
    return promised.multipliedBy(FACTOR);
  }
}
