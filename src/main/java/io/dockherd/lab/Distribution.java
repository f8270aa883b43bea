package io.dockherd.lab;

import io.dockherd.failure.NotFound;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The built program: a folder with dockherd.jar, its libraries in lib, the launchers and the JVM's
 * flags in bin, and the start-up caches in aot.
 *
 * @param home that folder
 */
public record Distribution(Path home) {
  /** What a process of ours is; each role has its own JVM flags and its own start-up cache. */
  public enum Role {
    /** Beside an engine, for months. */
    NODE,
    /** One command, for a moment. */
    CLI;

    /** As it stands in file names. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Distribution {
    Objects.requireNonNull(home, "home");
  }

  /**
   * The one this program runs from; from class files the one the system property {@code
   * dockherd.dist} names.
   *
   * @throws NotFound when there is none
   */
  public static Distribution own() {
    Path home =
        Optional.ofNullable(System.getProperty("dockherd.dist"))
            .map(Path::of)
            .orElseGet(() -> whereThisRuns().getParent());
    Distribution own = new Distribution(home.toAbsolutePath());
    if (!Files.isRegularFile(own.jar())) {
      throw new NotFound(
          own.jar().toString(),
          "the packaged program " + own.jar() + " is not there",
          "build it: mvn package");
    }
    return own;
  }

  /** The program itself. */
  public Path jar() {
    return home.resolve("dockherd.jar");
  }

  /** The file of JVM flags of a role, one a line. */
  public Path flags(Role role) {
    return home.resolve("bin").resolve(role + ".jvm");
  }

  /** The start-up cache of a role; the build makes it, but nothing depends on its being there. */
  public Path startUpCache(Role role) {
    return home.resolve("aot").resolve(role + ".aot");
  }

  /**
   * The command line that runs the program with these arguments on the JVM this process runs on.
   */
  public List<String> command(Role role, List<String> arguments) {
    List<String> flags =
        Files.isRegularFile(startUpCache(role))
            ? List.of("-XX:AOTCache=" + startUpCache(role))
            : List.of();
    return command(role, flags, arguments);
  }

  /** The same with more JVM flags. */
  public List<String> command(Role role, List<String> moreFlags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + flags(role));
    command.addAll(moreFlags);
    command.add("-jar");
    command.add(jar().toString());
    command.addAll(arguments);
    return command;
  }

  private static Path whereThisRuns() {
    try {
      return Path.of(
          Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
