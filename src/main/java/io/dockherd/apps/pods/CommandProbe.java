package io.dockherd.apps.pods;

import io.dockherd.apps.health.NodeProber;
import io.dockherd.apps.health.Outcome;
import io.dockherd.apps.model.Hook;
import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A health check that is a command in a container. One that is late goes on in its container, for
 * no engine can end it: the same is not begun again before it has ended, or a container that hangs
 * would fill with them.
 */
final class CommandProbe implements NodeProber.CommandRun {
  /** Containers go without a word to here; what is known of the eldest goes then. */
  private static final int MOST = 1_000;

  private final Commands commands;
  private final Map<Check, String> late = new LinkedHashMap<>();

  /** Which check. */
  private record Check(String container, List<String> command) {}

  CommandProbe(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run(String container, List<String> command, Duration limit) {
    Check check = new Check(container, List.copyOf(command));
    try {
      Optional<String> before = before(check);
      if (before.isPresent() && commands.isAtWork(before.get())) {
        return new Outcome.Ill("the command of an earlier check has not ended yet");
      }
      note(check, Optional.empty());
      String exec = commands.prepare(container, new Hook(command, "", false, "", Map.of()));
      return outcome(check, exec, limit);
    } catch (Unreachable e) {
      // Of a container nothing is known while its engine is away.
      return new Outcome.Nothing();
    } catch (Failure e) {
      return new Outcome.Ill(e.getMessage());
    }
  }

  private Outcome outcome(Check check, String exec, Duration limit) {
    try {
      Commands.Said said = commands.run(exec, limit);
      return said.exitCode() == 0
          ? new Outcome.Well()
          : new Outcome.Ill(
              "the command ended with code "
                  + said.exitCode()
                  + (said.output().isEmpty() ? "" : ": " + said.output()));
    } catch (TimedOut e) {
      note(check, Optional.of(exec));
      return new Outcome.Ill("the command did not end within " + limit.toMillis() + " ms");
    }
  }

  private synchronized Optional<String> before(Check check) {
    return Optional.ofNullable(late.get(check));
  }

  private synchronized void note(Check check, Optional<String> exec) {
    late.remove(check);
    exec.ifPresent(id -> late.put(check, id));
    if (late.size() > MOST) {
      late.remove(late.keySet().iterator().next());
    }
  }
}
