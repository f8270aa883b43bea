package io.dockherd.fleet.events;

import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Invalid;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a node's journal is asked, as a request to it: {@code
 * /_dockherd/events?follow=1&life=7b0c…&after=12&since=1774000000123456789}.
 *
 * @param isFollowing whether what comes later is told too, without an end
 * @param life the journal's life that {@code after} is about; when it is another by now, {@code
 *     since} counts
 * @param after the number of the last event known, or {@link #END}
 * @param since only events stamped later (followed) or not before (remembered), in nanoseconds
 *     since 1970; 0 for none
 * @param until only remembered events stamped not after this
 * @param most so many remembered events at most, the newest
 */
record Asked(boolean isFollowing, String life, long after, long since, long until, int most) {
  /** From the journal's end on. */
  static final long END = -1;

  /** Of {@link EngineJournal#PATH}. */
  private static final String[] SEGMENTS = {"_dockherd", "events"};

  Asked {
    Objects.requireNonNull(life, "life");
  }

  static Asked following(Position from) {
    return new Asked(true, from.life(), from.after(), from.since(), Long.MAX_VALUE, 0);
  }

  static Asked remembered(long since, long until, int most) {
    return new Asked(false, "", END, since, until, most);
  }

  /** How far the journal is: remembered events, but none of them. */
  static Asked howFar() {
    return remembered(0, 0, 0);
  }

  EngineRequest request(Duration limit) {
    return EngineRequest.get(limit, SEGMENTS)
        .query("follow", isFollowing ? 1 : 0)
        .query("life", life)
        .query("after", after)
        .query("since", since)
        .query("until", until)
        .query("most", most);
  }

  static Asked of(EngineRequest request) {
    return new Asked(
        number(request, "follow") == 1,
        text(request, "life"),
        number(request, "after"),
        number(request, "since"),
        number(request, "until"),
        Math.clamp(number(request, "most"), 0, Integer.MAX_VALUE));
  }

  private static long number(EngineRequest request, String name) {
    String text = text(request, name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new Invalid(name, "'" + text + "' is no number for " + name, "", e);
    }
  }

  private static String text(EngineRequest request, String name) {
    return request.query().getOrDefault(name, List.of("")).getFirst();
  }
}
