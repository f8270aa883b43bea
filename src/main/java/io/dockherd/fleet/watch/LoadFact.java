package io.dockherd.fleet.watch;

import io.dockherd.herd.facts.Facts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The one fact about the host's load, told when it changed notably or is old. */
final class LoadFact {
  private final Facts facts;
  private final Optional<Path> proc;
  private final EngineFact engine;
  private final long everyNanos;
  private HostLoad told;
  private long toldNanos;

  /**
   * @param proc of the engine's host; empty when that is another machine: then what its engine says
   *     of its memory stands for what is free
   */
  LoadFact(Facts facts, Optional<Path> proc, EngineFact engine, Duration every) {
    this.facts = facts;
    this.proc = proc;
    this.engine = engine;
    this.everyNanos = every.toNanos();
  }

  /** Looks, and tells if it is worth it. */
  void sample(long nanoTime) {
    HostLoad now = proc.flatMap(HostLoad::read).orElseGet(this::fromEngine);
    if (now.memoryTotalBytes() == 0) {
      // An engine elsewhere that has not said yet what it has: nothing known is not nothing there.
      return;
    }
    boolean isOld = told == null || nanoTime - toldNanos >= everyNanos;
    if (isOld || now.differsNotablyFrom(told)) {
      facts.tell(FactKind.LOAD, FactKind.ONLY, now.json().toBuffer());
      told = now;
      toldNanos = nanoTime;
    }
  }

  private HostLoad fromEngine() {
    long memory = engine.known().memoryBytes();
    return new HostLoad(0, 0, memory, memory);
  }
}
