package io.dockherd.doors.docker.images;

import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.failure.Unplaceable;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.scheduling.expressions.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The nodes a call about images goes to.
 *
 * <p>A caller names some of them by constraints, as classic Swarm writes them: in the query, {@code
 * ?constraint=zone==a&constraint=node!=host-3}, or for clients whose query can't be changed in a
 * header, {@code X-Dockherd-Constraint: zone==a;node!=host-3}.
 */
record Nodes(Fleet fleet, HerdEngines engines) {
  static final String QUERY = "constraint";
  static final String HEADER = "X-Dockherd-Constraint";

  Nodes {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(engines, "engines");
  }

  /** What the call says of nodes, as it is written. */
  static List<String> constraints(DockerCall call) {
    List<String> texts = new ArrayList<>(call.query().texts(QUERY));
    for (String header : call.headers().getAll(HEADER)) {
      texts.addAll(List.of(header.split(";")));
    }
    return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
  }

  /**
   * Those that meet all of them and whose engines are within reach; all of those where none is
   * said. A soft one that none of them meets is dropped. A node that is taken out of the pool, or
   * is full, counts too: what runs there needs images.
   *
   * @throws Unplaceable when none does; says for each why not
   */
  List<Host> meeting(List<String> constraints, String subject) {
    Map<String, String> reasons = new LinkedHashMap<>();
    List<Host> left = new ArrayList<>();
    for (Host host : fleet.hosts()) {
      Optional<String> trouble = trouble(host.node());
      trouble.ifPresent(why -> reasons.put(host.node(), why));
      if (trouble.isEmpty()) {
        left.add(host);
      }
    }
    for (Expression constraint : constraints.stream().map(Expression::parse).toList()) {
      List<Host> fitting = left.stream().filter(host -> meets(host, constraint)).toList();
      if (!fitting.isEmpty() || !constraint.isSoft()) {
        left.stream()
            .filter(host -> !fitting.contains(host))
            .forEach(host -> reasons.put(host.node(), "does not meet " + constraint));
        left = fitting;
      }
    }
    if (left.isEmpty()) {
      throw new Unplaceable(subject, reasons, constraints);
    }
    return left;
  }

  private boolean meets(Host host, Expression constraint) {
    String node = host.node();
    return constraint.key().equals("node")
        ? constraint.isMetBy(List.of(engines.engine(node).json().getString("id", ""), node))
        : constraint.isMetBy(fleet.labels(node).getOrDefault(constraint.key(), ""));
  }

  /** Why a node's engine can't be reached; empty when it can. */
  Optional<String> trouble(String node) {
    var engine = engines.engine(node);
    if (engine.isReachable()) {
      return Optional.empty();
    }
    return Optional.of(
        engines.members().named(node).isEmpty()
            ? "node " + node + " has gone"
            : engine.reason().isEmpty() ? "nothing is known of its engine" : engine.reason());
  }
}
