package io.dockherd.doors.bridges;

import io.dockherd.access.Gate;
import io.dockherd.doors.actions.RequestText;
import io.vertx.core.eventbus.EventBus;
import java.util.concurrent.Semaphore;

/**
 * What all sessions of a bridge share.
 *
 * @param heldBytes as many permits as messages in work may have bytes
 */
record Bridge(
    EventBus bus,
    Gate gate,
    BridgeSettings settings,
    BridgeAddresses addresses,
    RequestText texts,
    Semaphore heldBytes) {
  static Bridge of(EventBus bus, Gate gate, BridgeSettings settings) {
    return new Bridge(
        bus,
        gate,
        settings,
        new BridgeAddresses(settings.cluster()),
        new RequestText(),
        new Semaphore(settings.heldBytes()));
  }
}
