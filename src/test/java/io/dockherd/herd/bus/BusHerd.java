package io.dockherd.herd.bus;

import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.links.LinkTls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Members of a herd that have nothing but a bus: a group in memory, and real connections. */
final class BusHerd implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  private final InMemoryGroups groups = new InMemoryGroups();
  private final List<BusMember> members = new ArrayList<>();

  /** One member: a Vert.x and its place in the group. */
  record BusMember(Group group, HerdClusterManager manager, Vertx vertx) {
    String id() {
      return group.self().value();
    }

    /** A consumer that answers with {@code answer}; all know it. */
    MessageConsumer<String> answer(String address, String answer) {
      MessageConsumer<String> consumer =
          vertx.eventBus().consumer(address, message -> message.reply(answer));
      await(consumer.completion());
      return consumer;
    }

    /** What whoever consumes at an address answers. */
    String ask(String address) {
      return ask(address, SOON.toMillis());
    }

    private String ask(String address, long limitMillis) {
      DeliveryOptions limit = new DeliveryOptions().setSendTimeout(limitMillis);
      Promise<String> answer = Promise.promise();
      vertx.runOnContext(
          go ->
              vertx
                  .eventBus()
                  .<String>request(address, "?", limit)
                  .map(Message::body)
                  .onComplete(answer));
      return await(answer.future());
    }

    /** Whether somebody answers at an address, and at once. */
    boolean isAnswered(String address, String answer) {
      try {
        return ask(address, 500).equals(answer);
      } catch (IllegalStateException e) {
        return false;
      }
    }
  }

  InMemoryGroups groups() {
    return groups;
  }

  BusMember member() {
    return member(BusSettings.of("127.0.0.1", 0));
  }

  BusMember member(BusSettings settings) {
    return member(manager -> HerdBus.startInsecure(manager, settings));
  }

  BusMember member(BusSettings settings, LinkTls tls) {
    return member(manager -> HerdBus.start(manager, settings, tls));
  }

  private BusMember member(Function<HerdClusterManager, Vertx> start) {
    Group group = groups.newPeer();
    HerdClusterManager manager = new HerdClusterManager(group);
    group.join();
    BusMember member = new BusMember(group, manager, start.apply(manager));
    members.add(member);
    return member;
  }

  /** What a future brings, within {@link #SOON}. */
  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    members.forEach(member -> await(member.vertx().close()));
    groups.close();
  }
}
