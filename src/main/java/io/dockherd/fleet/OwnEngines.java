package io.dockherd.fleet;

import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.Member;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engines this process speaks to itself: of a node the one beside it, of a manager all of them.
 */
final class OwnEngines implements AutoCloseable {
  private final Map<PeerId, OwnEngine> engines = new ConcurrentHashMap<>();

  void add(OwnEngine engine) {
    engines.put(engine.member().peer(), engine);
  }

  /** That member's, if it is one of them. */
  Optional<OwnEngine> of(Member member) {
    return Optional.ofNullable(engines.get(member.peer()));
  }

  /** Follows that member's engine no more. */
  void remove(Member member) {
    OwnEngine gone = engines.remove(member.peer());
    if (gone != null) {
      gone.close();
    }
  }

  @Override
  public void close() {
    engines.values().forEach(OwnEngine::close);
    engines.clear();
  }
}
