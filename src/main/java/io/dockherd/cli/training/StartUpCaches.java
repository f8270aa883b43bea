package io.dockherd.cli.training;

import io.dockherd.lab.Distribution;
import io.dockherd.lab.Distribution.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the start-up caches by running each role while the JVM watches. Where that fails the
 * program only starts slower, so it warns and goes on.
 */
public final class StartUpCaches {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Distribution distribution;

  /** Of that distribution. */
  public StartUpCaches(Distribution distribution) {
    this.distribution = distribution;
  }

  /** Makes the cache of a role anew; {@code arguments} make the program go through its start. */
  public void make(Role role, List<String> arguments) {
    Path cache = distribution.startUpCache(role);
    Path fresh = cache.resolveSibling(cache.getFileName() + ".new");
    Path log = distribution.home().resolveSibling("train-" + role + ".log");
    try {
      Files.createDirectories(cache.getParent());
      Files.deleteIfExists(cache);
      Files.deleteIfExists(fresh);
      Process run = start(role, arguments, fresh, log);
      if (!run.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        run.descendants().forEach(ProcessHandle::destroyForcibly);
        run.destroyForcibly();
        warn(role, "it took more than " + LIMIT.toSeconds() + " s", log);
      } else if (run.exitValue() != 0 || !Files.exists(fresh)) {
        warn(role, "it ended with exit code " + run.exitValue(), log);
      } else {
        Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      warn(role, e.toString(), log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      warn(role, "interrupted", log);
    }
  }

  private Process start(Role role, List<String> arguments, Path cache, Path log)
      throws IOException {
    List<String> watch = List.of("-XX:AOTCacheOutput=" + cache);
    return new ProcessBuilder(distribution.command(role, watch, arguments))
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static void warn(Role role, String reason, Path log) {
    System.err.println(
        "dockherd: no start-up cache for the role "
            + role
            + ", it will start slower: "
            + reason
            + "; see "
            + log);
  }
}
