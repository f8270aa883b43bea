package io.dockherd.cli;

import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.SecretFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd key new}: makes a herd key. */
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a herd key and writes it to FILE, readable by its owner only.",
      "Whoever holds it can join nodes to the herd and make clients' certificates."
    })
final class KeyNewCommand implements Runnable {
  @Parameters(paramLabel = "FILE", description = "where to write it; - for standard output")
  private String file;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "3650",
      description = "how long it is valid; default ${DEFAULT-VALUE}")
  private int days;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    HerdKey key =
        HerdKey.create(
            InstantSource.system().instant(), Duration.ofDays(Days.atLeastOne(spec, days)));
    PrintWriter out = spec.commandLine().getOut();
    if (file.equals(KeyPlace.STANDARD)) {
      KeyPlace.print(out, key.toPem());
      return;
    }
    SecretFile.create(Path.of(file), key.toPem());
    out.println("wrote " + file + ", generation " + key.generations().getFirst().name());
    out.println("Copy it to every node, keep it secret, and name it there: --key-file " + file);
  }
}
