package io.dockherd.apps.pods;

import io.dockherd.apps.health.NodeProber;
import io.dockherd.apps.health.Outcome;
import io.dockherd.apps.model.Hook;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A health check that is a command in a container. */
record CommandProbe(PodEngine engine) implements NodeProber.CommandRun {
  @Override
  public Outcome run(String container, List<String> command, Duration limit) {
    try {
      Hook hook = new Hook(command, "", false, "", Map.of());
      PodEngine.Said said = engine.run(container, hook, limit);
      return said.exitCode() == 0
          ? new Outcome.Well()
          : new Outcome.Ill(
              "the command ended with code "
                  + said.exitCode()
                  + (said.output().isEmpty() ? "" : ": " + said.output()));
    } catch (Unreachable e) {
      // Of a container nothing is known while its engine is away.
      return new Outcome.Nothing();
    } catch (Failure e) {
      return new Outcome.Ill(e.getMessage());
    }
  }
}
