package io.dockherd.herd.records;

import io.dockherd.herd.group.PeerId;
import java.util.List;

/** What nodes tell each other about records, without waiting. */
sealed interface RecordsMessage {
  /**
   * A key's steward has written: all are to keep it.
   *
   * @param round what to answer to
   * @param written the one revision that was written
   * @param asked who is to say that it is on the disk; empty for everybody
   */
  record Keep(String round, String key, Lineage written, List<PeerId> asked)
      implements RecordsMessage {
    public Keep {
      asked = List.copyOf(asked);
    }

    boolean asks(PeerId peer) {
      return asked.isEmpty() || asked.contains(peer);
    }
  }

  /** What a round asked for is on the disk here. */
  record Kept(String round) implements RecordsMessage {}

  /**
   * What the sender's records amount to: whoever has others asks for them.
   *
   * @param electorate the sender's {@link Electorate#id}
   * @param session the sender's {@link Council.Session}, to be echoed; 0 when it need not be
   * @param echo the session this answers; 0 for none
   * @param sum of all its records
   * @param floor its {@link Ledger#floor}
   * @param knowsSinceMillis since when it has missed no deletion
   * @param awayAtMillis when it was last up, if that is so long ago that deletions may have been
   *     forgotten meanwhile; 0 otherwise
   * @param partedAtMillis when the first node went that may be on the other side of a split ({@link
   *     Partings}); 0 when there is none
   * @param epoch the sender's {@link Council#epoch}
   */
  record Digest(
      long electorate,
      long session,
      long echo,
      long sum,
      long floor,
      long knowsSinceMillis,
      long awayAtMillis,
      long partedAtMillis,
      long epoch)
      implements RecordsMessage {}
}
