package io.dockherd.fleet.events;

import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The comings and goings of nodes as this one sees them, written down as events ({@link
 * Happening}). A node whose process was cut off and is seen again has reconnected; a new process
 * says for itself that it has met its engine.
 */
final class Sightings implements Members.MembersListener {
  private final Journal journal;
  private final InstantSource clock;

  /** Whoever begins to listen is told of all that are there as if they came just now. */
  private final Set<PeerId> known;

  /** Lives that went and may be back: those of whom it was said that they are gone. */
  private final Set<PeerId> gone = new HashSet<>();

  Sightings(Members members, Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
    this.known =
        members.nodes().stream().map(Member::peer).collect(Collectors.toCollection(HashSet::new));
    this.known.add(members.self().peer());
  }

  @Override
  public void onJoined(Member member) {
    if (!member.isNode() || !known.add(member.peer())) {
      return;
    }
    write(Happening.ofNode(Happening.JOIN, member.name(), clock.instant()));
    if (gone.remove(member.peer())) {
      write(Happening.ofEngine(Happening.ENGINE_RECONNECT, member.name(), clock.instant()));
    }
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    if (!member.isNode()) {
      return;
    }
    known.remove(member.peer());
    if (!orderly) {
      remember(member.peer());
    }
    String action = orderly ? Happening.LEAVE : Happening.LOST;
    write(Happening.ofEngine(Happening.ENGINE_DISCONNECT, member.name(), clock.instant()));
    write(Happening.ofNode(action, member.name(), clock.instant()));
  }

  /** Those that never come back are not kept for ever. */
  private void remember(PeerId peer) {
    if (gone.size() >= 10_000) {
      gone.removeAll(List.copyOf(gone));
    }
    gone.add(peer);
  }

  private void write(Happening happening) {
    journal.write(happening.nanos(), happening.json());
  }
}
