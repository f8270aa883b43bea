package io.dockherd.fleet.watch;

import io.dockherd.herd.facts.Facts;
import java.time.Instant;
import java.util.Set;

/** The one fact about the engine itself: what it is, or why it can't be reached. */
final class EngineFact implements Refresher.Round {
  private final EngineReader reader;
  private final Facts facts;
  private KnownEngine known = KnownEngine.unknown();
  private boolean isLost = true;

  EngineFact(EngineReader reader, Facts facts) {
    this.reader = reader;
    this.facts = facts;
  }

  /** What was told last. */
  synchronized KnownEngine known() {
    return known;
  }

  /** It is there again; what it is will be told by the next {@link #run}. */
  synchronized void found() {
    isLost = false;
  }

  /** It is out of reach: what was asked before and is answered only now must not say otherwise. */
  synchronized void lost(String reason) {
    isLost = true;
    tell(known.unreachable(reason, Instant.now()));
  }

  @Override
  public void run(Set<String> keys) {
    KnownEngine now = KnownEngine.of(reader.info(), reader.engine().apiVersion().toString());
    synchronized (this) {
      if (!isLost) {
        tell(now);
      }
    }
  }

  private void tell(KnownEngine now) {
    known = now;
    facts.tell(FactKind.ENGINE, FactKind.ONLY, now.json().toBuffer());
  }
}
