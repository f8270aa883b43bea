package io.dockherd.doors.docker;

import io.dockherd.failure.Unplaceable;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a container can't be placed: classic Swarm's words first, for programs and people know them,
 * then for each node why not.
 *
 * <pre>
 * Unable to find a node that satisfies the following conditions
 * [available container slots]
 * [node==host-9]
 * host-1: is not what node==host-9 asks for
 * host-2: its engine is out of reach: connection refused</pre>
 */
final class Nowhere {
  private Nowhere() {}

  static String message(Unplaceable failure) {
    List<String> lines = new ArrayList<>();
    // Swarm's line ends in a space, and programs compare.
    lines.add(
        failure.conditions().isEmpty()
            ? "No healthy node available in the cluster"
            : "Unable to find a node that satisfies the following conditions ");
    lines.addAll(failure.conditions());
    failure.reasons().forEach((node, reason) -> lines.add(node + ": " + reason));
    return String.join("\n", lines);
  }
}
