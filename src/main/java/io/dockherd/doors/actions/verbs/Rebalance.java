package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.rescheduling.Move;
import io.dockherd.fleet.rescheduling.Rebalancer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves containers from full nodes to emptier ones, or tells what would move. */
final class Rebalance implements Action {
  static final Field<Long> MAX_MOVES =
      Field.whole("maxMoves", 1, 1000, "so many containers move at most");
  static final Field<Boolean> DRY_RUN =
      Field.flag("dryRun", "only tells what would move; false unless said");
  static final Field<List<String>> EXCEPT =
      Field.texts("except", "ids of containers that stay where they are");

  private final Rebalancer rebalancer;

  /** Two at once would both move what one would have. */
  private final AtomicBoolean isUnderWay = new AtomicBoolean();

  Rebalance(Rebalancer rebalancer) {
    this.rebalancer = rebalancer;
  }

  @Override
  public List<String> names() {
    return List.of("rebalance");
  }

  @Override
  public String verb() {
    return "herd.rebalance";
  }

  @Override
  public boolean changes() {
    return true;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(MAX_MOVES, DRY_RUN, EXCEPT);
  }

  @Override
  public Duration limit(ActionRequest request, ActionSettings settings) {
    return Limit.PULLING.of(request, settings).multipliedBy(request.get(MAX_MOVES).orElse(1L));
  }

  @Override
  public Reply perform(ActionRequest request) {
    int most = request.need(MAX_MOVES).intValue();
    Set<String> stay = new HashSet<>(request.get(EXCEPT).orElse(List.of()));
    if (request.get(DRY_RUN).orElse(false)) {
      JsonArray planned = new JsonArray();
      rebalancer.plan(most, stay).forEach(move -> planned.add(told(move, "planned")));
      return answer(planned, planned.size() + " would move");
    }
    if (!isUnderWay.compareAndSet(false, true)) {
      throw new Conflict("rebalance", "a rebalance is under way on this node", "wait for its end");
    }
    try {
      return move(request, most, stay);
    } finally {
      isUnderWay.set(false);
    }
  }

  private Reply move(ActionRequest request, int most, Set<String> stay) {
    JsonArray moves = new JsonArray();
    int moved = 0;
    while (moves.size() < most && !request.deadline().left().isZero()) {
      // Planned one by one: each is decided by what the one before has led to.
      List<Move> next = rebalancer.plan(1, stay);
      if (next.isEmpty()) {
        break;
      }
      Move move = next.getFirst();
      stay.add(move.id());
      try {
        String id = rebalancer.move(move, request.deadline().left());
        stay.add(id);
        moves.add(told(move, "moved").put("replacement", id));
        moved++;
      } catch (Failure e) {
        moves.add(told(move, "failed").put("reason", e.explanation()));
      }
    }
    int failed = moves.size() - moved;
    return answer(moves, moved + " moved" + (failed == 0 ? "" : ", " + failed + " could not"));
  }

  private static JsonObject told(Move move, String outcome) {
    return move.json().put("outcome", outcome);
  }

  private static Reply answer(JsonArray moves, String message) {
    return Reply.of(
        new JsonObject().put("status", "ok").put("moves", moves).put("message", message));
  }
}
