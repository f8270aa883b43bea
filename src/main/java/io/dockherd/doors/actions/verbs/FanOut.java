package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Aggregate;
import io.dockherd.doors.actions.Deadline;
import io.dockherd.doors.actions.Reply;
import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks several nodes at once; who is late or broken becomes an entry that says so. */
final class FanOut {
  private FanOut() {}

  /** The answers under {@code noun}, in the order of {@code hosts}, all by the deadline. */
  static Aggregate ask(
      String noun, List<Host> hosts, Deadline deadline, Function<Host, Reply> question) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<Reply>> answers = new ArrayList<>();
      for (Host host : hosts) {
        answers.add(threads.submit(() -> question.apply(host)));
      }
      Aggregate aggregate = new Aggregate(noun);
      for (int i = 0; i < answers.size(); i++) {
        add(aggregate, hosts.get(i).node(), answers.get(i), deadline);
      }
      return aggregate;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void add(
      Aggregate aggregate, String node, Future<Reply> answer, Deadline deadline) {
    try {
      aggregate.add(answer.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      aggregate.add(node, new TimedOut(node, node + " did not answer in time", "", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(node, "given up while asking " + node, "", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Failure failure -> aggregate.add(node, failure);
        case Error error -> throw error;
        default ->
            aggregate.add(
                node, new Unreachable(node, "asking " + node + " broke: " + e.getCause(), "", e));
      }
    }
  }
}
