package io.dockherd.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real etcd (Debian's) on a host, where every host reaches it. */
public final class LabStore implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PORT = 2379;

  private final LabHost host;
  private final HostProcess process;

  private LabStore(LabHost host) {
    this.host = host;
    this.process = new HostProcess(host.plan(), "etcd");
  }

  /** A running one, empty. */
  public static LabStore on(LabHost host) {
    LabStore store = new LabStore(host);
    try {
      store.start();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void start() {
    String clients = "http://" + address();
    process.start(
        host.inside(
            List.of(
                "etcd",
                "--data-dir=" + folder(),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=http://127.0.0.1:2380")),
        Map.of());
    process.awaitReady(
        LIMIT,
        () ->
            host.run("curl", "-s", "--max-time", "1", clients + "/health")
                .output()
                .contains("true"));
  }

  /** Killed, and started again with what it had. */
  public void restart() {
    process.kill();
    start();
  }

  /** Killed, and started again with nothing. */
  public void restartEmpty() {
    close();
    start();
  }

  /** Where it answers: {@code 10.213.0.1:2379}. */
  public String address() {
    return host.address() + ":" + PORT;
  }

  private Path folder() {
    return host.plan().folder().resolve("etcd");
  }

  @Override
  public void close() {
    process.kill();
    Invocation.attempt("rm", "-rf", "--", folder().toString());
  }
}
