package io.dockherd.fleet;

import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unplaceable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One container's way from node to node until one takes it: what each said so far. */
final class Attempt {
  private final List<Creation.Refusal> refusals = new ArrayList<>();
  private Creation last;

  /** What a node answered; the outcome if there is no point in asking another. */
  Optional<Creation> add(Creation outcome) {
    if (isFinal(outcome)) {
      return Optional.of(withRefusals(outcome));
    }
    refusals.add(new Creation.Refusal(node(outcome), reason(outcome)));
    last = better(last, outcome);
    return Optional.empty();
  }

  /** Who has refused. */
  Set<String> refusing() {
    return refusals.stream().map(Creation.Refusal::node).collect(Collectors.toSet());
  }

  /**
   * The outcome when no node is left.
   *
   * @param others the nodes that were not asked and why
   * @param conditions as {@link Unplaceable#conditions}
   */
  Creation exhausted(String subject, Map<String, String> others, List<String> conditions) {
    boolean isOnly = refusals.size() == 1 && others.size() <= 1;
    if (last instanceof Creation.Declined || isOnly && !isRefused(last)) {
      return withRefusals(last);
    }
    Map<String, String> reasons = new LinkedHashMap<>();
    refusals.forEach(refusal -> reasons.put(refusal.node(), refusal.reason()));
    others.forEach(reasons::putIfAbsent);
    return new Creation.Failed("", new Unplaceable(subject, reasons, conditions), refusals);
  }

  /** Whether the node itself found that it can't take it. */
  private static boolean isRefused(Creation outcome) {
    return outcome instanceof Creation.Failed failed && failed.failure() instanceof Refused;
  }

  /** The outcome when the time is over. */
  Creation late(String node, String subject) {
    return new Creation.Failed(
        node,
        new TimedOut(node, "no time is left to create " + subject, "allow more time"),
        refusals);
  }

  private Creation withRefusals(Creation outcome) {
    List<Creation.Refusal> before =
        refusals.stream().filter(refusal -> !refusal.node().equals(node(outcome))).toList();
    return switch (outcome) {
      case Creation.Created made ->
          new Creation.Created(made.node(), made.id(), made.response(), before);
      case Creation.Declined declined ->
          new Creation.Declined(declined.node(), declined.response(), before);
      case Creation.Failed failed -> new Creation.Failed(failed.node(), failed.failure(), before);
    };
  }

  /** An engine's own words say more than a failure to reach one. */
  private static Creation better(Creation before, Creation now) {
    return before instanceof Creation.Declined && now instanceof Creation.Failed ? before : now;
  }

  /**
   * Whether no other node could do better. A wrong request is wrong everywhere, and a name that is
   * taken is taken; but an image, a network, a plug-in or room on a disk may be found elsewhere.
   * After a time-out it may have been done: it must not be done twice.
   */
  private static boolean isFinal(Creation outcome) {
    return switch (outcome) {
      case Creation.Created made -> true;
      case Creation.Declined(var node, EngineResponse response, var before) ->
          response.status() < 500 && response.status() != 404 && response.status() != 429;
      case Creation.Failed(var node, Failure failure, var before) ->
          failure instanceof TimedOut || failure instanceof Invalid;
    };
  }

  private static String node(Creation outcome) {
    return switch (outcome) {
      case Creation.Created made -> made.node();
      case Creation.Declined declined -> declined.node();
      case Creation.Failed failed -> failed.node();
    };
  }

  private static String reason(Creation outcome) {
    return switch (outcome) {
      case Creation.Created made -> "";
      case Creation.Declined declined ->
          declined.response().status() + " " + declined.response().message();
      case Creation.Failed failed -> failed.failure().getMessage();
    };
  }
}
