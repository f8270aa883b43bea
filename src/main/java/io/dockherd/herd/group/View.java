package io.dockherd.herd.group;

import java.util.List;
import java.util.Objects;

/**
 * Who is present, as one peer sees it. The first of {@code peers} is the oldest.
 *
 * @param number grows with every view this peer sees
 * @param peers all present peers, this one included, oldest first; the same order for everybody in
 *     the view
 * @param joined who was not in the view before (all of them in the first view)
 * @param left who was in the view before and is no more
 * @param healed whether this view joins again what a split had parted: peers in {@code joined} may
 *     then hold other facts, records and subscriptions than they would as newcomers
 */
public record View(
    long number, List<PeerId> peers, List<PeerId> joined, List<PeerId> left, boolean healed) {
  public View {
    peers = List.copyOf(peers);
    joined = List.copyOf(joined);
    left = List.copyOf(left);
    Objects.checkIndex(0, peers.size());
  }
}
