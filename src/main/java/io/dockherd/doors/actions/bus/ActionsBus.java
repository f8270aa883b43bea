package io.dockherd.doors.actions.bus;

import io.dockherd.access.CarriedIdentity;
import io.dockherd.access.Identity;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Actions;
import io.dockherd.doors.actions.Arrival;
import io.dockherd.doors.actions.NewAddresses;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import io.dockherd.telemetry.Log;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The actions on the bus, at the seed's addresses: {@code <cluster>} (any one node), {@code
 * <cluster>.<node>} (that node), {@code <cluster>.register} (all, for announcements) and each
 * container's full id (the node that has it).
 */
public final class ActionsBus implements NewAddresses, AutoCloseable {
  private static final Log LOG = Log.of(ActionsBus.class);
  private static final int OPENING_SECONDS = 10;

  private final EventBus bus;
  private final RequestIds ids;
  private final int maxInWork;
  private final ContainerAddresses containers;
  private final AddressWait newAddresses;
  private final Heartbeat heartbeat;
  private final HerdEvents events;
  private final String clusterAddress;
  private final String node;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

  /** A bus side not yet open. */
  public ActionsBus(
      Vertx vertx,
      ActionSettings settings,
      Fleet fleet,
      Members members,
      Facts facts,
      RequestIds ids) {
    this.bus = vertx.eventBus();
    this.clusterAddress = settings.clusterAddress();
    this.node = members.self().name();
    this.ids = ids;
    this.maxInWork = settings.maxInWork();
    this.containers = new ContainerAddresses(bus, facts, node);
    this.newAddresses = new AddressWait(bus, clusterAddress, node, containers);
    this.heartbeat = new Heartbeat(vertx, clusterAddress, node, settings.announceInterval());
    this.events = new HerdEvents(bus, clusterAddress, fleet, members);
  }

  /**
   * Opens all addresses and waits until the herd knows them, or ten seconds have passed.
   *
   * @param actions what is done with messages
   */
  public void open(Actions actions) {
    Mailroom mailroom = new Mailroom(actions, newAddresses, ids, maxInWork);
    consume(clusterAddress, message -> mailroom.take(message, Arrival.ANYWHERE, sender(message)));
    consume(
        clusterAddress + "." + node,
        message -> mailroom.take(message, new Arrival.AtNode(node), sender(message)));
    consume(clusterAddress + ".register", message -> announced(message, mailroom));
    try {
      Future.all(consumers.stream().map(MessageConsumer::completion).toList())
          .toCompletionStage()
          .toCompletableFuture()
          .get(OPENING_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("bus addresses are not known to all", "node", node, "reason", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    containers.open(
        message ->
            mailroom.take(message, new Arrival.AtContainer(message.address()), sender(message)));
    events.open();
    heartbeat.open();
  }

  private void consume(String address, io.vertx.core.Handler<Message<Object>> handler) {
    consumers.add(bus.consumer(address, handler));
  }

  /** Heartbeats need no answer and change nothing; only what is asked with a reply is an action. */
  private static void announced(Message<Object> message, Mailroom mailroom) {
    if (message.replyAddress() != null) {
      mailroom.take(message, Arrival.ANYWHERE, sender(message));
    }
  }

  private static Identity sender(Message<Object> message) {
    return CarriedIdentity.in(message.headers())
        .orElseGet(() -> new Identity("bus", "bus", message.address()));
  }

  @Override
  public void await(List<Creation.Created> made, Duration limit) {
    newAddresses.await(made, limit);
  }

  /** Says goodbye and takes all addresses back. */
  @Override
  public void close() {
    // These first: else our own good-bye comes to a consumer that is just going, of which the bus
    // complains.
    consumers.forEach(MessageConsumer::unregister);
    consumers.clear();
    heartbeat.close();
    events.close();
    containers.close();
  }

  /** An announcement as the seed made it: {@code {"action":"register","hostname":"host-1"}}. */
  static JsonObject announcement(String action, String node) {
    return new JsonObject().put("action", action).put("hostname", node);
  }
}
