package io.dockherd.doors.docker.containers;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which node an exec is on. Remembered where it was made through this node; else all engines are
 * asked, for it may have been made through another node or at an engine itself.
 */
public final class ExecOwners {
  private static final int REMEMBERED = 4096;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Fleet fleet;
  private final Map<String, String> nodes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Those of that fleet. */
  public ExecOwners(Fleet fleet) {
    this.fleet = Objects.requireNonNull(fleet, "fleet");
  }

  /** That exec is on that node. */
  public void remember(String id, String node) {
    synchronized (nodes) {
      nodes.put(id, node);
    }
  }

  /**
   * The host whose engine has it.
   *
   * @throws DockerError 404 when none that answers has
   */
  public Host of(String id) {
    return remembered(id).or(() -> asked(id)).orElseThrow(() -> missing(id));
  }

  private Optional<Host> remembered(String id) {
    String node;
    synchronized (nodes) {
      node = nodes.get(id);
    }
    return fleet.hosts().stream().filter(host -> host.node().equals(node)).findFirst();
  }

  private Optional<Host> asked(String id) {
    List<EachHost.Word> words =
        EachHost.ask(fleet.hosts(), EngineRequest.get(LIMIT, "exec", id, "json"));
    Optional<Host> found =
        words.stream().filter(EachHost.Word::isSuccess).map(EachHost.Word::host).findFirst();
    found.ifPresent(host -> remember(id, host.node()));
    return found;
  }

  private static DockerError missing(String id) {
    return new DockerError(404, "No such exec instance: " + id);
  }
}
