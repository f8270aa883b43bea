package io.dockherd.fleet;

import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import java.util.List;

/** What came of creating one container. */
public sealed interface Creation {
  /** The nodes that were tried before and why each would not, in order. */
  List<Refusal> refusals();

  /** A node that would not take it, and why. */
  record Refusal(String node, String reason) {}

  /** It is there; the engine's answer holds its id. */
  record Created(String node, String id, EngineResponse response, List<Refusal> refusals)
      implements Creation {
    public Created {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * The last engine that was asked said no in its own words (4xx, 5xx), and no other was better.
   */
  record Declined(String node, EngineResponse response, List<Refusal> refusals)
      implements Creation {
    public Declined {
      refusals = List.copyOf(refusals);
    }
  }

  /** No engine's answer: time ran out, the node went, no node fits. {@code node} is "" if none. */
  record Failed(String node, Failure failure, List<Refusal> refusals) implements Creation {
    public Failed {
      refusals = List.copyOf(refusals);
    }

    /** What was thrown where it was made. */
    static Failed of(String node, RuntimeException cause) {
      return new Failed(
          node,
          cause instanceof Failure failure
              ? failure
              : new Unreachable(node, "creating on " + node + " failed: " + cause, "", cause),
          List.of());
    }
  }
}
