package io.dockherd.cli;

import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.SecretFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd key rotate}: one step of replacing a herd key without an outage. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes one step of replacing a herd key while the herd goes on:",
      "  1. --add   trusts a new generation as well; the old one still signs",
      "  2. --sign  the new generation signs; the old one is still trusted",
      "  3. --drop  the old generation is trusted no more",
      "After each step copy FILE to every node and let each node have it (restart one after the"
          + " other) before the next step: nodes one step apart accept each other, nodes two steps"
          + " apart don't.",
      "Clients: after step 1 is everywhere, hand out new certificates made with 'dockherd cert"
          + " --next'; they hold through steps 2 and 3."
    })
final class KeyRotateCommand implements Runnable {
  @ArgGroup(multiplicity = "1")
  private Step step;

  @Parameters(
      paramLabel = "FILE",
      description = "the key, replaced by its next step; - for standard input to standard output")
  private String file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write a new file instead; - for standard output")
  private String out;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3650",
      description = "how long the generation --add makes is valid; default ${DEFAULT-VALUE}")
  private int days;

  @Spec private CommandSpec spec;

  /** Exactly one. */
  private static final class Step {
    @Option(names = "--add", required = true, description = "trust a new generation as well")
    private boolean add;

    @Option(names = "--sign", required = true, description = "sign with the new generation")
    private boolean sign;

    @Option(names = "--drop", required = true, description = "trust the old generation no more")
    private boolean drop;
  }

  @Override
  public void run() {
    HerdKey next =
        next(KeyPlace.read(file, System.in, System.getenv()), InstantSource.system().instant());
    write(next);
  }

  private HerdKey next(HerdKey key, Instant now) {
    if (step.add) {
      Duration validity = Duration.ofDays(Days.atLeastOne(spec, days));
      return key.adding(Generation.create(now, validity));
    }
    return step.sign ? key.signing() : key.dropping();
  }

  private void write(HerdKey next) {
    PrintWriter console = spec.commandLine().getOut();
    String target = out == null ? file : out;
    if (target.equals(KeyPlace.STANDARD)) {
      KeyPlace.print(console, next.toPem());
      return;
    }
    if (out == null) {
      SecretFile.replace(Path.of(file), next.toPem());
    } else {
      SecretFile.create(Path.of(out), next.toPem());
    }
    console.println("wrote " + target + ": this key now " + next.rotation().state());
    if (!step.drop) {
      console.println("Copy it to every node; " + next.rotation().next());
    } else {
      console.println("Copy it to every node; then the rotation is done");
    }
  }
}
