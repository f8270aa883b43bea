package io.dockherd.fleet;

import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Future;
import java.util.function.UnaryOperator;

/** What went wrong with a host, told with its node's name: a caller does not know its sockets. */
final class HostFailure {
  private HostFailure() {}

  /** The node is there, its engine is the trouble. */
  static Failure ofEngine(String node, Failure failure) {
    return named(node, "the engine of " + node, failure);
  }

  /** The node itself is not reached. */
  static Failure ofNode(String node, Failure failure) {
    return named(node, "node " + node, failure);
  }

  /** The same with its failure told otherwise. */
  static <T> Future<T> named(Future<T> answer, UnaryOperator<Failure> otherwise) {
    return answer.recover(
        cause ->
            Future.failedFuture(cause instanceof Failure told ? otherwise.apply(told) : cause));
  }

  private static Failure named(String node, String whose, Failure failure) {
    return switch (failure) {
      case Unreachable e ->
          new Unreachable(node, whose + " can't be reached: " + e.getMessage(), e.remedy(), e);
      case TimedOut e ->
          new TimedOut(node, whose + " did not answer in time: " + e.getMessage(), e.remedy(), e);
      default -> failure;
    };
  }
}
