package io.dockherd.cli;

import io.dockherd.failure.Conflict;
import io.dockherd.lab.Forwarder;
import io.dockherd.lab.LabHost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The demo's first host's doors on this machine's loopback too, where those ports are free. */
final class Forwarding implements AutoCloseable {
  private final List<Forwarder> open = new ArrayList<>();

  private Forwarding() {}

  static Forwarding of(LabHost first, Consumer<String> show) {
    Forwarding forwarding = new Forwarding();
    for (int port : new int[] {LabHost.DOOR_PORT, LabHost.DOCKER_PORT}) {
      try {
        forwarding.open.add(Forwarder.open(port, first.address()));
      } catch (Conflict taken) {
        show.accept(
            taken.getMessage() + ", so " + first.name() + " answers at its own address only");
      }
    }
    return forwarding;
  }

  @Override
  public void close() {
    open.forEach(Forwarder::close);
  }
}
