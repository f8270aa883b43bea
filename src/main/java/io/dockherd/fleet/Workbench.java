package io.dockherd.fleet;

import io.dockherd.failure.Refused;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.herd.members.Member;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Scheduler;
import io.dockherd.scheduling.Tenant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What this node is making just now. Whoever sends a container here chose by what it knew; several
 * may have chosen the same port or the same last room at the same moment. So the node itself says
 * the last word, one after the other, counting what its engine has and what it is just making.
 */
final class Workbench {
  /** How long what may have been made is counted while facts don't show it. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(5);

  private final Supplier<Member> self;
  private final LoadBoard board;
  private final ContainerIndex index;
  private final Scheduler gate;
  private final Map<String, Piece> pieces = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** One of them; {@code untilNanos} counts once it is made. */
  private record Piece(Tenant tenant, boolean isMade, long untilNanos) {}

  Workbench(Supplier<Member> self, LoadBoard board, ContainerIndex index, Scheduler gate) {
    this.self = self;
    this.board = board;
    this.index = index;
    this.gate = gate;
  }

  /**
   * Begins with one; {@link #end} must follow.
   *
   * @throws Refused when it can't be made here after all
   */
  void begin(CreateCommand command) {
    Tenant newcomer = CreateRequest.newcomer(command.name(), command.document());
    Optional<String> refusal = board.refusal(self.get().name());
    if (refusal.isPresent()) {
      throw new Refused(self.get().name(), refusal.get(), "");
    }
    lock.lock();
    try {
      if (command.checked()) {
        Demand demand =
            new Demand(
                "this container",
                0,
                newcomer,
                CreateRequest.affinities(command.document()),
                List.of(),
                Set.of());
        Optional<String> objection = gate.objection(demand, load(command.creation()));
        if (objection.isPresent()) {
          throw new Refused(self.get().name(), objection.get(), "");
        }
      }
      pieces.put(command.creation(), new Piece(newcomer, false, 0));
    } finally {
      lock.unlock();
    }
  }

  /** As {@link Fleet#hold}. */
  Hold hold(Demand demand) {
    String node = self.get().name();
    Optional<String> refusal = board.refusal(node);
    if (refusal.isPresent()) {
      throw new Refused(node, refusal.get(), "");
    }
    String mark = "hold " + UUID.randomUUID();
    lock.lock();
    try {
      NodeLoad load = load(mark);
      Optional<String> objection =
          gate.objection(demand, load).or(() -> nameObjection(demand.newcomer(), load));
      if (objection.isPresent()) {
        throw new Refused(node, objection.get(), "");
      }
      pieces.put(mark, new Piece(demand.newcomer(), false, 0));
    } finally {
      lock.unlock();
    }
    return () -> letGo(mark);
  }

  private static Optional<String> nameObjection(Tenant newcomer, NodeLoad load) {
    return load.contents().tenants().stream()
        .flatMap(tenant -> tenant.names().stream())
        .filter(newcomer.names()::contains)
        .findFirst()
        .map(name -> "the name " + name + " is taken by another container");
  }

  private void letGo(String mark) {
    lock.lock();
    try {
      pieces.remove(mark);
    } finally {
      lock.unlock();
    }
  }

  /** Has ended with one; unless facts show what came of it, it still counts for a while. */
  void end(String creation, Creation outcome) {
    lock.lock();
    try {
      Piece piece = pieces.remove(creation);
      boolean isKnown =
          outcome instanceof Creation.Declined
              || index.of(self.get().name()).creations().contains(creation);
      if (!isKnown && piece != null) {
        long until = System.nanoTime() + SHOWN_WITHIN.toNanos();
        pieces.put(creation, new Piece(piece.tenant, true, until));
      }
    } finally {
      lock.unlock();
    }
  }

  private NodeLoad load(String creation) {
    Member node = self.get();
    ContainerIndex.Page page = index.of(node.name());
    long now = System.nanoTime();
    pieces
        .entrySet()
        .removeIf(
            piece ->
                page.creations().contains(piece.getKey())
                    || piece.getValue().isMade && now - piece.getValue().untilNanos >= 0);
    List<Tenant> inHand =
        pieces.entrySet().stream()
            .filter(piece -> !piece.getKey().equals(creation))
            .map(piece -> piece.getValue().tenant)
            .toList();
    return board.load(node, page).withPending(inHand.size(), inHand);
  }
}
