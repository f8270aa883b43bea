package io.dockherd.herd.bus;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.Participant;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.group.View;
import io.dockherd.telemetry.Log;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import java.util.List;
import java.util.Map;

/**
 * Clusters Vert.x's event bus over the herd's group: node ids are the ids of peers, and membership
 * and registrations are told over the group's channel {@code bus}.
 *
 * <p>Made before the group is joined, so that nothing is missed; the group's owner joins it, before
 * or after Vert.x starts, and closes it after Vert.x is closed. A registration is complete when all
 * present members have said that they know it.
 *
 * <p>Only the bus is clustered. Cluster-wide maps, locks and counters are refused: the herd keeps
 * what is shared in its records and facts.
 */
public final class HerdClusterManager implements ClusterManager {
  private static final Log LOG = Log.of(HerdClusterManager.class);

  private final PeerId self;
  private final Listeners listeners = new Listeners();
  private final Roll roll;
  private volatile boolean isActive;

  /** Over a group not joined yet, at {@link BusPace#STEADY}. */
  public HerdClusterManager(Group group) {
    this(group, BusPace.STEADY);
  }

  /** Over a group not joined yet. */
  public HerdClusterManager(Group group, BusPace pace) {
    self = group.self();
    roll = new Roll(self, pace, listeners);
    Herald herald = new Herald(roll);
    herald.speakOver(group.open("bus", new Ear(roll, herald)));
  }

  /** Hears what the group brings. */
  private record Ear(Roll roll, Herald herald) implements Participant {
    @Override
    public void onView(View view) {
      herald.start();
      roll.onView(view);
    }

    @Override
    public void onMessage(PeerId from, byte[] message) {
      try {
        Word.of(message).ifPresent(word -> roll.onWord(from, word));
      } catch (Invalid e) {
        LOG.warn("a member talks nonsense on the bus's channel", "peer", from, "why", e);
      }
    }
  }

  @Override
  public void init(Vertx vertx) {
    // Nothing of Vert.x is needed: what waits, waits on the herald's thread.
  }

  @Override
  public void join(Completable<Void> promise) {
    isActive = true;
    roll.whenHeardFromAll(promise::succeed);
  }

  @Override
  public void leave(Completable<Void> promise) {
    if (!isActive) {
      promise.succeed();
      return;
    }
    isActive = false;
    roll.close(
        () -> {
          roll.end();
          promise.succeed();
        });
  }

  @Override
  public boolean isActive() {
    return isActive;
  }

  @Override
  public String getNodeId() {
    return self.value();
  }

  @Override
  public List<String> getNodes() {
    return roll.onBus();
  }

  @Override
  public void nodeListener(NodeListener listener) {
    listeners.add(listener);
  }

  @Override
  public void setNodeInfo(NodeInfo nodeInfo, Completable<Void> promise) {
    roll.open(nodeInfo, promise::succeed);
  }

  @Override
  public NodeInfo getNodeInfo() {
    return roll.node(self).orElse(null);
  }

  @Override
  public void getNodeInfo(String nodeId, Completable<NodeInfo> promise) {
    roll.awaitNode(
        new PeerId(nodeId),
        found ->
            found.ifPresentOrElse(
                promise::succeed,
                () ->
                    promise.fail(
                        new Unreachable(nodeId, "member " + nodeId + " is not on the bus", ""))));
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    listeners.add(listener);
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    roll.add(address, registration, promise::succeed);
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    roll.remove(address, registration, promise::succeed);
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    promise.succeed(roll.at(address));
  }

  @Override
  public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> promise) {
    promise.fail(unsupported("map", name));
  }

  @Override
  public <K, V> Map<K, V> getSyncMap(String name) {
    throw unsupported("map", name);
  }

  @Override
  public void getLockWithTimeout(String name, long timeout, Completable<Lock> promise) {
    promise.fail(unsupported("lock", name));
  }

  @Override
  public void getCounter(String name, Completable<Counter> promise) {
    promise.fail(unsupported("counter", name));
  }

  private static UnsupportedOperationException unsupported(String what, String name) {
    return new UnsupportedOperationException(
        "no cluster-wide " + what + " '" + name + "': the herd clusters the event bus only");
  }
}
