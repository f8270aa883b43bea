package io.dockherd.fleet.watch;

import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How busy a host is.
 *
 * <pre>{"load1":0.52,"load5":0.4,"memoryTotalBytes":8323072000,"memoryFreeBytes":5123072000}</pre>
 *
 * @param load1 processes that wanted a CPU, averaged over the last minute; 0 when not known
 * @param load5 the same over five minutes
 * @param memoryTotalBytes all there is
 * @param memoryFreeBytes what could be given to new processes without swapping
 */
public record HostLoad(double load1, double load5, long memoryTotalBytes, long memoryFreeBytes) {
  private static final Log LOG = Log.of(HostLoad.class);
  private static final Pattern MEMORY = Pattern.compile("(?m)^(Mem\\w+): +([0-9]+) kB$");

  /** What the kernel says of this machine; empty where it has no {@code /proc}. */
  static Optional<HostLoad> read(Path proc) {
    try {
      String[] averages = Files.readString(proc.resolve("loadavg")).split(" ");
      String memory = Files.readString(proc.resolve("meminfo"));
      return Optional.of(
          new HostLoad(
              Double.parseDouble(averages[0]),
              Double.parseDouble(averages[1]),
              kilobytes(memory, "MemTotal") * 1024,
              kilobytes(memory, "MemAvailable") * 1024));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      LOG.debug("load not known", "reason", e);
      return Optional.empty();
    }
  }

  /** As written by {@link #json}. */
  public static HostLoad of(JsonObject json) {
    return new HostLoad(
        json.getDouble("load1", 0.0),
        json.getDouble("load5", 0.0),
        json.getLong("memoryTotalBytes", 0L),
        json.getLong("memoryFreeBytes", 0L));
  }

  JsonObject json() {
    return new JsonObject()
        .put("load1", load1)
        .put("load5", load5)
        .put("memoryTotalBytes", memoryTotalBytes)
        .put("memoryFreeBytes", memoryFreeBytes);
  }

  /** Whether a scheduler would want to know: a twentieth of the memory, half a process more. */
  boolean differsNotablyFrom(HostLoad other) {
    return Math.abs(memoryFreeBytes - other.memoryFreeBytes) > memoryTotalBytes / 20
        || Math.abs(load1 - other.load1) > 0.5
        || memoryTotalBytes != other.memoryTotalBytes;
  }

  private static long kilobytes(String memory, String key) {
    Matcher line = MEMORY.matcher(memory);
    while (line.find()) {
      if (line.group(1).equals(key)) {
        return Long.parseLong(line.group(2));
      }
    }
    return 0;
  }
}
