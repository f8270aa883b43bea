package io.dockherd.herd.group;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The questions this peer has asked and waits for. */
final class Questions {
  private static final Log LOG = Log.of(Questions.class);

  /** What goes back to the asker. */
  record Reply(Envelope.Kind kind, byte[] payload) {}

  private record Open(PeerId of, CompletableFuture<byte[]> answer) {}

  private final Map<Long, Open> open = new ConcurrentHashMap<>();

  /** Sends and waits; {@code send} throws {@link Unreachable} when the peer is not present. */
  byte[] ask(PeerId of, long id, Duration limit, Runnable send) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    open.put(id, new Open(of, answer));
    try {
      send.run();
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TimedOut(of.value(), "peer " + of + " did not answer in " + limit, "", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(of.value(), "interrupted while waiting for peer " + of, "", e);
    } finally {
      open.remove(id);
    }
  }

  void answered(PeerId by, long id, byte[] payload) {
    Open question = open.get(id);
    if (question != null && question.of.equals(by)) {
      question.answer.complete(payload);
    }
  }

  void failed(PeerId by, long id, byte[] payload) {
    Open question = open.get(id);
    if (question != null && question.of.equals(by)) {
      String reason = new String(payload, StandardCharsets.UTF_8);
      question.answer.completeExceptionally(new Refused(by.value(), reason, ""));
    }
  }

  /** That peer won't answer any more. */
  void left(PeerId peer) {
    for (Open question : open.values()) {
      if (question.of.equals(peer)) {
        question.answer.completeExceptionally(
            new Unreachable(peer.value(), "peer " + peer + " left before it answered", ""));
      }
    }
  }

  /** Nobody will answer any more. */
  void close() {
    open.values().forEach(question -> left(question.of));
  }

  static Unreachable absent(PeerId peer) {
    return new Unreachable(peer.value(), "peer " + peer + " is not present", "");
  }

  /** What a participant answers, or why it doesn't. */
  static Reply reply(String channel, Participant participant, PeerId from, byte[] question) {
    try {
      return new Reply(Envelope.Kind.ANSWER, participant.onQuestion(from, question));
    } catch (Failure e) {
      return failure(e.explanation());
    } catch (RuntimeException e) {
      LOG.error("a question could not be answered", e, "channel", channel);
      return failure(e.toString());
    }
  }

  static Reply failure(String reason) {
    return new Reply(Envelope.Kind.FAILURE, reason.getBytes(StandardCharsets.UTF_8));
  }
}
