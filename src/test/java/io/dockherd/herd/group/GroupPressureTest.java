package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A slow participant makes its senders wait; it neither fills memory nor stops anybody else. */
class GroupPressureTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int WINDOW = 64 * 1024;

  private final Loopback net = new Loopback().tuned(s -> s.withWindow(WINDOW));

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void aSenderWaitsForASlowParticipantAndGoesOnWithIt() {
    Gate gate = new Gate();
    Loopback.Peer receiver = net.prepare(Optional.empty());
    receiver.group.open("slow", gate);
    net.enter(receiver);
    Loopback.Peer sender = net.prepare(Optional.empty());
    Channel channel = sender.group.open("slow", new Gate());
    net.enter(sender);
    net.awaitAllPresent();
    AtomicInteger sent = new AtomicInteger();
    Thread busy =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 1000; i++) {
                    channel.tell(receiver.group.self(), new byte[1000]);
                    sent.incrementAndGet();
                  }
                });
    Await.until("the window is full", LIMIT, () -> sent.get() * 1000 >= WINDOW);
    assertTrue(sent.get() < 200, "waits, after " + sent.get());
    assertTrue(busy.isAlive());
    assertArrayEquals(
        new byte[1], sender.channel.ask(receiver.group.self(), new byte[1], LIMIT), "others go on");
    gate.open.countDown();
    Await.until("all taken in", LIMIT, () -> gate.taken.get() == 1000);
    assertFalse(busy.isAlive() && sent.get() < 1000);
  }

  @Test
  void aSenderToAPeerThatDiesIsLetGo() {
    Gate gate = new Gate();
    Loopback.Peer receiver = net.prepare(Optional.empty());
    receiver.group.open("slow", gate);
    Loopback.Peer sender = net.prepare(Optional.empty());
    Channel channel = sender.group.open("slow", new Gate());
    net.enter(sender);
    net.enter(receiver);
    net.awaitAllPresent();
    CountDownLatch done = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < 1000; i++) {
                channel.broadcast(new byte[1000]);
              }
              done.countDown();
            });
    net.crash(receiver);
    Await.until("the sender goes on", LIMIT, () -> done.getCount() == 0);
    gate.open.countDown();
  }

  @Test
  void participantsThatAnswerEachOtherWithMoreThanAWindowDontBlock() {
    Loopback.Peer one = net.prepare(Optional.empty());
    Loopback.Peer two = net.prepare(Optional.empty());
    Volley first = new Volley();
    Volley second = new Volley();
    first.channel = one.group.open("volley", first);
    second.channel = two.group.open("volley", second);
    net.enter(one);
    net.enter(two);
    net.awaitAllPresent();
    first.channel.broadcast(new byte[1]);
    second.channel.broadcast(new byte[1]);
    Await.until("both got all", LIMIT, () -> first.got.get() == 201 && second.got.get() == 201);
    assertEquals(201, first.got.get());
  }

  /** Takes nothing in until it is opened. */
  private static final class Gate implements Participant {
    final CountDownLatch open = new CountDownLatch(1);
    final AtomicInteger taken = new AtomicInteger();

    @Override
    public void onView(View view) {}

    @Override
    public void onMessage(PeerId from, byte[] message) {
      try {
        open.await();
        taken.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Answers a short message with many long ones. */
  private static final class Volley implements Participant {
    final AtomicInteger got = new AtomicInteger();
    private volatile Channel channel;

    @Override
    public void onView(View view) {}

    @Override
    public void onMessage(PeerId from, byte[] message) {
      got.incrementAndGet();
      if (message.length == 1) {
        for (int i = 0; i < 200; i++) {
          channel.tell(from, new byte[WINDOW / 8]);
        }
      }
    }
  }
}
