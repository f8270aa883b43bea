package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A fixed list: it never changes. */
record ListedEngines(List<HostPort> engines) implements Roster {
  ListedEngines {
    engines = List.copyOf(engines);
    if (engines.isEmpty()) {
      throw new Invalid("nodes", "no engine is listed", "as in nodes://10.0.0.[1:9]:2375");
    }
  }

  @Override
  public List<HostPort> read() {
    return engines;
  }

  @Override
  public void awaitChange(Duration heartbeat) throws InterruptedException {
    TimeUnit.DAYS.sleep(Integer.MAX_VALUE);
  }
}
