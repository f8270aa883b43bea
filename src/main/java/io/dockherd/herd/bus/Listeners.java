package io.dockherd.herd.bus;

import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import java.util.List;

/** Those within Vert.x who follow who is on the bus and who consumes where. */
final class Listeners {
  private volatile RegistrationListener ofRegistrations = new RegistrationListener() {};
  private volatile List<NodeListener> ofNodes = List.of();

  void add(RegistrationListener listener) {
    ofRegistrations = listener;
  }

  void add(NodeListener listener) {
    ofNodes = List.of(listener);
  }

  void nodeAdded(String id) {
    ofNodes.forEach(listener -> listener.nodeAdded(id));
  }

  void nodeLeft(String id) {
    ofNodes.forEach(listener -> listener.nodeLeft(id));
  }

  /**
   * Tells what is registered at an address when it is told, not when it changed: as all are told in
   * order, the last thing told is the truth.
   */
  void changed(String address, Roll roll) {
    if (ofRegistrations.wantsUpdatesFor(address)) {
      ofRegistrations.registrationsUpdated(new RegistrationUpdateEvent(address, roll.at(address)));
    }
  }
}
