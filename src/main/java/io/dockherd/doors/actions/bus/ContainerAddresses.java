package io.dockherd.doors.actions.bus;

import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.telemetry.Log;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bus address for each container of this node, its full id: there from the moment the container
 * is known until it is gone, exactly one consumer each.
 */
final class ContainerAddresses implements AutoCloseable {
  /** The kind of fact containers are told as. */
  private static final String KIND = "container";

  private static final Log LOG = Log.of(ContainerAddresses.class);

  private final EventBus bus;
  private final Facts facts;
  private final String node;
  private final Map<String, MessageConsumer<Object>> consumers = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> known = new ConcurrentHashMap<>();
  private volatile boolean isOpen;

  ContainerAddresses(EventBus bus, Facts facts, String node) {
    this.bus = bus;
    this.facts = facts;
    this.node = node;
  }

  /** From now on {@code handler} gets what is sent to any of this node's containers. */
  void open(Handler<Message<Object>> handler) {
    isOpen = true;
    facts.listen(KIND, new OwnContainers(handler));
    for (Fact fact : facts.of(KIND, node)) {
      add(fact.id(), handler);
      if (facts.find(KIND, node, fact.id()).isEmpty()) {
        remove(fact.id());
      }
    }
  }

  /** How many addresses there are. */
  int count() {
    return consumers.size();
  }

  /** Whether there are addresses at all. */
  boolean isOpen() {
    return isOpen;
  }

  /** Waits until the herd knows these containers' addresses; false when the limit passes first. */
  boolean await(List<String> ids, Duration limit) {
    CompletableFuture<?>[] there =
        ids.stream()
            .map(id -> known.computeIfAbsent(id, any -> new CompletableFuture<>()))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(there).get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      // What never came, or has gone meanwhile, must not be remembered for ever.
      ids.stream().filter(id -> !consumers.containsKey(id)).forEach(known::remove);
    }
  }

  private void add(String id, Handler<Message<Object>> handler) {
    if (!isOpen) {
      return;
    }
    consumers.computeIfAbsent(
        id,
        address -> {
          MessageConsumer<Object> consumer = bus.consumer(address, handler);
          consumer
              .completion()
              .onComplete(
                  done ->
                      known
                          .computeIfAbsent(address, any -> new CompletableFuture<>())
                          .complete(null),
                  failed ->
                      LOG.warn(
                          "a container's bus address is not known to all",
                          "id",
                          address,
                          "reason",
                          failed.toString()));
          return consumer;
        });
  }

  private void remove(String id) {
    MessageConsumer<Object> consumer = consumers.remove(id);
    if (consumer != null) {
      consumer.unregister();
    }
    known.remove(id);
  }

  @Override
  public void close() {
    isOpen = false;
    consumers.keySet().forEach(this::remove);
  }

  private final class OwnContainers implements Facts.FactsListener {
    private final Handler<Message<Object>> handler;

    private OwnContainers(Handler<Message<Object>> handler) {
      this.handler = handler;
    }

    @Override
    public void onFact(Fact fact, Optional<Fact> before) {
      if (fact.owner().equals(node)) {
        add(fact.id(), handler);
      }
    }

    @Override
    public void onGone(Fact fact, boolean lost) {
      if (fact.owner().equals(node)) {
        remove(fact.id());
      }
    }
  }
}
