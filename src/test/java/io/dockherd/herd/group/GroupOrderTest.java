package io.dockherd.herd.group;

import static io.dockherd.herd.group.Listener.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One sender's broadcasts and tells arrive in the order they were sent, whatever others do. */
class GroupOrderTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PEERS = 4;
  private static final int MESSAGES = 2000;

  private final Loopback net = new Loopback();

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void broadcastsAndTellsOfOneSenderKeepTheirOrder() {
    net.tuned(settings -> settings.withWindow(64 * 1024));
    exchange();
  }

  private void exchange() {
    long seed = System.nanoTime();
    List<Loopback.Peer> peers = new ArrayList<>();
    for (int i = 0; i < PEERS; i++) {
      peers.add(net.join());
    }
    net.awaitAllPresent();
    Map<PeerId, Map<PeerId, List<String>>> expected = new HashMap<>();
    List<Thread> senders = new ArrayList<>();
    for (Loopback.Peer sender : peers) {
      Map<PeerId, List<String>> sent = new HashMap<>();
      peers.forEach(peer -> sent.put(peer.group.self(), new ArrayList<>()));
      expected.put(sender.group.self(), sent);
      Random random = new Random(seed ^ peers.indexOf(sender));
      senders.add(Thread.ofVirtual().start(() -> send(sender, peers, sent, random)));
    }
    senders.forEach(GroupOrderTest::join);
    for (Loopback.Peer receiver : peers) {
      for (Loopback.Peer sender : peers) {
        if (sender != receiver) {
          List<String> sent = expected.get(sender.group.self()).get(receiver.group.self());
          Await.until(
              "all arrived, seed " + seed,
              LIMIT,
              () -> receiver.listener.from(sender.group.self()).size() >= sent.size());
          assertEquals(sent, receiver.listener.from(sender.group.self()), "seed " + seed);
        }
      }
    }
  }

  private static void send(
      Loopback.Peer sender,
      List<Loopback.Peer> peers,
      Map<PeerId, List<String>> sent,
      Random random) {
    for (int i = 0; i < MESSAGES; i++) {
      String message = i + " " + "x".repeat(random.nextInt(10) == 0 ? random.nextInt(60_000) : 10);
      if (random.nextBoolean()) {
        sender.channel.broadcast(bytes(message));
        sent.values().forEach(list -> list.add(message));
      } else {
        PeerId to = peers.get(random.nextInt(peers.size())).group.self();
        sender.channel.tell(to, bytes(message));
        sent.get(to).add(message);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
