package io.dockherd.herd.group;

import java.util.Set;

/**
 * What lies between two peers; it has no direction, for messages one way are of no use without
 * their answers.
 */
record Link<P>(Set<P> ends) {
  Link {
    ends = Set.copyOf(ends);
    if (ends.size() != 2) {
      throw new IllegalArgumentException("a link has two ends, not " + ends);
    }
  }

  static <P> Link<P> between(P one, P other) {
    return new Link<>(Set.of(one, other));
  }
}
