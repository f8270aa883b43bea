package io.dockherd.cli;

import io.dockherd.herd.keys.Authority;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.Role;
import io.dockherd.herd.keys.Rotation;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd key show}: what a herd key is, without what is secret in it. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows a herd key's generations, fingerprints and validity; nothing secret.")
final class KeyShowCommand implements Runnable {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      defaultValue = "",
      description = "the key; - for standard input; default: DOCKHERD_KEY_FILE or DOCKHERD_KEY")
  private String file;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    HerdKey key = KeyPlace.read(file, System.in, System.getenv());
    show(key, InstantSource.system().instant(), spec.commandLine().getOut());
  }

  static void show(HerdKey key, Instant now, PrintWriter out) {
    for (Generation generation : key.generations()) {
      boolean signs = generation == key.generations().getFirst();
      out.println(
          "generation " + generation.name() + (signs ? " signs" : " is trusted, signs nothing"));
      for (Role role : Role.values()) {
        Authority authority = generation.of(role);
        out.println("  " + role.label() + "  SHA-256 " + authority.fingerprint());
        out.println("           valid " + validity(authority, now));
      }
    }
    if (key.rotation() != Rotation.NONE) {
      out.println("This key " + key.rotation().state() + "; " + key.rotation().next() + ".");
    }
  }

  private static String validity(Authority authority, Instant now) {
    Instant from = authority.certificate().getNotBefore().toInstant();
    Instant until = authority.certificate().getNotAfter().toInstant();
    return day(from)
        + " to "
        + day(until)
        + (now.isAfter(until) ? ": EXPIRED" : now.isBefore(from) ? ": NOT YET" : "");
  }

  private static LocalDate day(Instant when) {
    return LocalDate.ofInstant(when, ZoneOffset.UTC);
  }
}
