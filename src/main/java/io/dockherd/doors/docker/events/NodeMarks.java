package io.dockherd.doors.docker.events;

import io.dockherd.doors.docker.HerdEngines;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The marks of the nodes; those of nodes that have gone as they were. */
final class NodeMarks {
  private final HerdEngines engines;
  private final Map<String, NodeMark> last = new ConcurrentHashMap<>();

  NodeMarks(HerdEngines engines) {
    this.engines = engines;
  }

  /** Looks at who is there, for when one of them goes. */
  void look() {
    engines.all().forEach(known -> last.put(known.node(), mark(known)));
  }

  NodeMark of(String node) {
    return engines
        .members()
        .named(node)
        .map(member -> mark(new HerdEngines.Known(member, engines.engine(node))))
        .map(mark -> remembered(node, mark))
        .orElseGet(() -> last.getOrDefault(node, new NodeMark(node, "", "")));
  }

  private NodeMark remembered(String node, NodeMark mark) {
    // A node says who it is before it says what its engine is.
    if (mark.id().isEmpty()) {
      return last.getOrDefault(node, mark);
    }
    last.put(node, mark);
    return mark;
  }

  private static NodeMark mark(HerdEngines.Known known) {
    return new NodeMark(
        known.node(), known.engine().json().getString("id", ""), known.member().address());
  }
}
