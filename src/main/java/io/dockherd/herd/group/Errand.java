package io.dockherd.herd.group;

import java.util.HashSet;
import java.util.Set;
import org.jgroups.Address;

/**
 * The strangers a peer was told to reach, for the oldest of its view.
 *
 * @param number the oldest's check it is for
 * @param reached who has answered so far
 * @param taken those of them who are left out of another view
 */
record Errand(long number, Set<Address> strangers, Set<Address> reached, Set<Address> taken) {
  static final Errand NONE = new Errand(0, Set.of(), Set.of(), Set.of());

  Errand {
    strangers = Set.copyOf(strangers);
    reached = Set.copyOf(reached);
    taken = Set.copyOf(taken);
  }

  /** To reach these; whoever has answered in the same check need not answer anew. */
  Errand to(Introduction.Check check) {
    Set<Address> wanted = check.strangers().keySet();
    return number == check.number()
        ? new Errand(number, wanted, reached, taken)
        : new Errand(check.number(), wanted, Set.of(), Set.of());
  }

  /** That stranger has answered. */
  Errand with(Address stranger, boolean isTaken) {
    return new Errand(
        number, strangers, and(reached, stranger), isTaken ? and(taken, stranger) : taken);
  }

  private static Set<Address> and(Set<Address> some, Address another) {
    Set<Address> more = new HashSet<>(some);
    more.add(another);
    return more;
  }

  /** Whether an answer of that stranger's, in that check, is still wanted. */
  boolean wants(long asked, Address stranger) {
    return number == asked && strangers.contains(stranger) && !reached.contains(stranger);
  }

  boolean isDone() {
    return reached.containsAll(strangers);
  }

  Introduction.Reached report() {
    return new Introduction.Reached(number, reached, taken);
  }
}
