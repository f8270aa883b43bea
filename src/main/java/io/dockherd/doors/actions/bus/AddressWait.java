package io.dockherd.doors.actions.bus;

import io.dockherd.doors.actions.NewAddresses;
import io.dockherd.fleet.Creation;
import io.dockherd.telemetry.Log;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Waits until the addresses of new containers are open at their owners, so that whoever got the
 * answer to a create can send to the ids at once. Each owner is asked once, for all of its own:
 *
 * <pre>{"action":"await-address","ids":["4f1…","9c8…"]}</pre>
 */
final class AddressWait implements NewAddresses {
  /** What one node asks of another; no action of the door. */
  static final String ACTION = "await-address";

  private static final Log LOG = Log.of(AddressWait.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final EventBus bus;
  private final String clusterAddress;
  private final String node;
  private final ContainerAddresses own;

  AddressWait(EventBus bus, String clusterAddress, String node, ContainerAddresses own) {
    this.bus = bus;
    this.clusterAddress = clusterAddress;
    this.node = node;
    this.own = own;
  }

  /** Another node asks whether addresses of ours are open. */
  JsonObject answer(JsonObject request) {
    List<String> ids = new ArrayList<>();
    if (request.getValue("ids") instanceof JsonArray list) {
      list.stream().filter(String.class::isInstance).forEach(id -> ids.add((String) id));
    }
    boolean areOpen = !ids.isEmpty() && own.await(ids, LIMIT);
    return new JsonObject().put("status", areOpen ? "ok" : "error");
  }

  @Override
  public void await(List<Creation.Created> made, Duration limit) {
    if (!own.isOpen() || made.isEmpty()) {
      return;
    }
    Duration most = limit.compareTo(LIMIT) < 0 ? limit : LIMIT;
    Map<String, List<String>> idsByNode =
        made.stream()
            .collect(
                Collectors.groupingBy(
                    Creation.Created::node,
                    Collectors.mapping(Creation.Created::id, Collectors.toList())));
    List<String> ours = idsByNode.remove(node);
    CompletableFuture<Void> others =
        CompletableFuture.allOf(
            idsByNode.entrySet().stream()
                .map(owned -> ask(owned.getKey(), owned.getValue(), most))
                .toArray(CompletableFuture[]::new));
    if (ours != null) {
      own.await(ours, most);
    }
    try {
      others.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("a new container's address is not open yet", "reason", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<?> ask(String owner, List<String> ids, Duration limit) {
    return bus.request(
            clusterAddress + "." + owner,
            new JsonObject().put("action", ACTION).put("ids", new JsonArray(ids)),
            new DeliveryOptions().setSendTimeout(Math.max(1, limit.toMillis())))
        .toCompletionStage()
        .toCompletableFuture();
  }
}
