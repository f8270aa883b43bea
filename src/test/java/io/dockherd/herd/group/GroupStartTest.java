package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long it takes to be in, whatever the others do. */
class GroupStartTest {
  private final Loopback net = new Loopback();

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void theFirstOfManyListedIsInWithoutWaiting() {
    for (int i = 2; i < 200; i++) {
      net.mention(new InetSocketAddress("127.0.0." + i, 1));
    }
    // Who waited for any of them would need half a minute at least.
    Duration wait = Duration.ofSeconds(30);
    net.tuned(
        settings ->
            settings.with(
                new GroupSettings.Looking(
                    wait, settings.looking().merge(), wait, wait, settings.looking().find())));
    long first = millisToJoin();
    assertTrue(first < 10_000, "first in " + first);
  }

  @Test
  void addressesThatSwallowConnectionsCostLittle() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, Loopback.host())) {
      InetSocketAddress address = new InetSocketAddress(Loopback.host(), deaf.getLocalPort());
      List<SocketChannel> queue = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SocketChannel waiting = SocketChannel.open();
        waiting.configureBlocking(false);
        waiting.connect(address);
        queue.add(waiting);
      }
      net.mention(address);
      // Who waited for that address to take the connection would need half a minute.
      net.tuned(settings -> settings.with(connecting(settings.looking(), Duration.ofSeconds(30))));
      long first = millisToJoin();
      assertTrue(first < 10_000, "first in " + first);
      long second = millisToJoin();
      assertTrue(second < 10_000, "second in " + second);
      net.awaitAllPresent();
      for (SocketChannel waiting : queue) {
        waiting.close();
      }
    }
  }

  @Test
  void aListenerThatSaysNothingCostsLittle() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, Loopback.host())) {
      net.mention(new InetSocketAddress(Loopback.host(), mute.getLocalPort()));
      long first = millisToJoin();
      assertTrue(first < 10_000, "first in " + first);
      long second = millisToJoin();
      assertTrue(second < 10_000, "second in " + second);
    }
  }

  @Test
  void manyThatStartAtOnceMeet() throws IOException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    List<Loopback.Peer> peers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      InetSocketAddress address = new InetSocketAddress(Loopback.host(), freePort());
      addresses.add(address);
      net.mention(address);
    }
    for (InetSocketAddress address : addresses) {
      peers.add(net.prepare(Optional.empty(), address));
    }
    peers.forEach(peer -> Thread.ofVirtual().start(() -> net.enter(peer)));
    Await.until(
        "all see all",
        Duration.ofSeconds(60),
        () -> peers.stream().allMatch(peer -> peer.group.view().peers().size() == 6));
    assertEquals(
        1, Set.copyOf(peers.stream().map(peer -> peer.group.view().peers()).toList()).size());
  }

  @Test
  void groupsOfWhichOnlyTheOldestKnowEachOtherBecomeOne() {
    net.tuned(
        settings ->
            settings.with(
                new GroupSettings.Looking(
                    Duration.ofMillis(400),
                    Duration.ofMillis(400),
                    settings.looking().connect(),
                    settings.looking().joinAnswer(),
                    Duration.ofMillis(200))));
    Set<InetSocketAddress> known = ConcurrentHashMap.newKeySet();
    Loopback.Peer a = net.joinKnowing(Set.of());
    net.joinKnowing(Set.of(a.group.address()));
    Loopback.Peer c = net.joinKnowing(known);
    net.joinKnowing(Set.of(c.group.address()));
    known.add(a.group.address());
    net.awaitAllPresent();
  }

  @Test
  void aTakenPortIsSaidSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, Loopback.host())) {
      Loopback.Peer peer =
          net.prepare(
              Optional.empty(), new InetSocketAddress(Loopback.host(), taken.getLocalPort()));
      Unreachable failure = assertThrows(Unreachable.class, peer.group::join);
      assertTrue(
          failure.getMessage().contains(String.valueOf(taken.getLocalPort())),
          failure.explanation());
    }
  }

  private static GroupSettings.Looking connecting(GroupSettings.Looking usual, Duration limit) {
    return new GroupSettings.Looking(
        usual.first(), usual.merge(), limit, usual.joinAnswer(), usual.find());
  }

  private long millisToJoin() {
    long start = System.nanoTime();
    net.join();
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, Loopback.host())) {
      return socket.getLocalPort();
    }
  }
}
