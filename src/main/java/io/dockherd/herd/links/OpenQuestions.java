package io.dockherd.herd.links;

import io.dockherd.failure.Failure;
import io.dockherd.herd.group.PeerId;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The questions that wait for an answer, by whom was asked, so that they can be ended when he has
 * gone: of a host that is silent, TCP says nothing for many minutes.
 *
 * @param <T> what answers are
 */
final class OpenQuestions<T> {
  private final Map<PeerId, Set<Promise<T>>> byPeer = new ConcurrentHashMap<>();

  /** What comes of a question to that peer: its own outcome or, if that is first, its end. */
  Future<T> put(PeerId peer, Future<T> asked) {
    Promise<T> answer = Promise.promise();
    byPeer.compute(
        peer,
        (same, open) -> {
          Set<Promise<T>> all = open == null ? ConcurrentHashMap.newKeySet() : open;
          all.add(answer);
          return all;
        });
    asked.onComplete(outcome -> settle(peer, answer, outcome));
    return answer.future();
  }

  /** Ends all questions to that peer. */
  void end(PeerId peer, Failure failure) {
    byPeer.getOrDefault(peer, Set.of()).forEach(answer -> answer.tryFail(failure));
  }

  /** How many are open. */
  int count() {
    return byPeer.values().stream().mapToInt(Set::size).sum();
  }

  private void settle(PeerId peer, Promise<T> answer, AsyncResult<T> outcome) {
    byPeer.computeIfPresent(
        peer,
        (same, open) -> {
          open.remove(answer);
          return open.isEmpty() ? null : open;
        });
    if (outcome.succeeded()) {
      answer.tryComplete(outcome.result());
    } else {
      answer.tryFail(outcome.cause());
    }
  }
}
