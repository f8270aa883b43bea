package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Engines listed in a file, one a line; what follows a # is a comment. */
record EngineFile(Path path) implements Roster {
  private static final long BYTES_MAX = 1 << 20;

  @Override
  public List<HostPort> read() {
    try {
      if (Files.size(path) > BYTES_MAX) {
        throw new Invalid(path.toString(), path + " is too long for a list of engines", "");
      }
      return RosterEntries.lines(Files.readAllLines(path));
    } catch (IOException e) {
      throw new Invalid(path.toString(), "can't read " + path + ": " + e, "", e);
    }
  }
}
