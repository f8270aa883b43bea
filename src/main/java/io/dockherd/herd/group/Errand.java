package io.dockherd.herd.group;

import java.util.HashSet;
import java.util.Set;
import org.jgroups.Address;

/**
 * The strangers a peer was told to reach, for the oldest of its view.
 *
 * @param number the oldest's check it is for
 * @param reached who has answered so far
 */
record Errand(long number, Set<Address> strangers, Set<Address> reached) {
  static final Errand NONE = new Errand(0, Set.of(), Set.of());

  Errand {
    strangers = Set.copyOf(strangers);
    reached = Set.copyOf(reached);
  }

  /** To reach these; whoever has answered in the same check need not answer anew. */
  Errand to(Introduction.Check check) {
    Set<Address> before = number == check.number() ? reached : Set.of();
    return new Errand(check.number(), check.strangers().keySet(), before);
  }

  /** That stranger has answered. */
  Errand with(Address stranger) {
    Set<Address> more = new HashSet<>(reached);
    more.add(stranger);
    return new Errand(number, strangers, more);
  }

  /** Whether an answer of that stranger's, in that check, is still wanted. */
  boolean wants(long asked, Address stranger) {
    return number == asked && strangers.contains(stranger) && !reached.contains(stranger);
  }

  boolean isDone() {
    return reached.containsAll(strangers);
  }
}
