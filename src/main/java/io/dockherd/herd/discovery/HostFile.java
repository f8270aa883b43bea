package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Hosts listed in a file, by line or comma, as in {@code nodes://}; what follows a # is a comment.
 *
 * <p>Read anew each time, so that whoever writes it need tell nobody. A file that is not there yet
 * lists nobody.
 *
 * @param port where members listen if the file doesn't say
 */
public record HostFile(Path path, int port) implements Discovery {
  private static final long BYTES_MAX = 1 << 20;

  /**
   * {@inheritDoc}
   *
   * @throws Invalid when the file can't be read or understood
   */
  @Override
  public Set<InetSocketAddress> find() {
    List<HostPort> hosts = new ArrayList<>();
    for (String line : lines()) {
      int comment = line.indexOf('#');
      hosts.addAll(HostList.parse(comment < 0 ? line : line.substring(0, comment), port));
    }
    return ListedHosts.resolve(hosts);
  }

  private List<String> lines() {
    try {
      if (Files.size(path) > BYTES_MAX) {
        throw new Invalid(path.toString(), path + " is too long for a list of hosts", "");
      }
      return Files.readAllLines(path);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new Invalid(path.toString(), "can't read " + path + ": " + e.getMessage(), "", e);
    }
  }
}
