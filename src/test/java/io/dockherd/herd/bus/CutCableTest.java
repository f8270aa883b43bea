package io.dockherd.herd.bus;

import static io.dockherd.herd.bus.BusHerd.SOON;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dockherd.Await;
import io.dockherd.herd.bus.BusHerd.BusMember;
import io.vertx.core.buffer.Buffer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that go silent, with and without the group noticing. */
class CutCableTest {
  private static final Duration HEALED = Duration.ofSeconds(60);

  private final BusHerd herd = new BusHerd();
  private final InetSocketAddress aEnd = Cable.freeAddress();
  private final InetSocketAddress bEnd = Cable.freeAddress();
  private final Cable aCable = new Cable(aEnd);
  private final Cable bCable = new Cable(bEnd);
  private final BusMember a = herd.member(settings(aEnd, aCable));
  private final BusMember b = herd.member(settings(bEnd, bCable));

  private static BusSettings settings(InetSocketAddress end, Cable cable) {
    String address = end.getAddress().getHostAddress();
    return BusSettings.of(address, end.getPort())
        // One, so that all is written on it: Vert.x asserts that of a connection being closed.
        .withEventLoops(1)
        .withAdvertised(address, cable.port())
        .withTimes(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(500));
  }

  @AfterEach
  void close() {
    aCable.close();
    bCable.close();
    herd.close();
  }

  private void cut() {
    aCable.cut();
    bCable.cut();
  }

  private void mend() {
    aCable.mend();
    bCable.mend();
  }

  private void eachReachesTheOther() {
    Await.until("a reaches b", HEALED, () -> a.isAnswered("b", "from b"));
    Await.until("b reaches a", HEALED, () -> b.isAnswered("a", "from a"));
  }

  @Test
  void afterALongCutAllAnswerAgain() {
    a.answer("a", "from a");
    b.answer("b", "from b");
    eachReachesTheOther();
    for (int round = 0; round < 2; round++) {
      cut();
      assertFalse(a.isAnswered("b", "from b"));
      herd.groups().split(b.group());
      Await.until("parted", SOON, () -> a.manager().getNodes().size() == 1);
      assertFalse(a.isAnswered("b", "from b"));
      assertFalse(b.isAnswered("a", "from a"));
      mend();
      herd.groups().heal();
      eachReachesTheOther();
    }
  }

  @Test
  void aCutTheGroupDoesNotNoticeIsMendedAsWell() {
    a.answer("a", "from a");
    b.answer("b", "from b");
    eachReachesTheOther();
    cut();
    for (int i = 0; i < 3; i++) {
      assertFalse(a.isAnswered("b", "from b"));
    }
    mend();
    eachReachesTheOther();
  }

  @Test
  void aDeadConnectionIsGivenUpThoughMuchWaitsInIt() {
    a.answer("a", "from a");
    b.answer("b", "from b");
    eachReachesTheOther();
    cut();
    Buffer much = Buffer.buffer(new byte[1 << 20]);
    a.vertx()
        .runOnContext(
            go -> IntStream.range(0, 24).forEach(i -> a.vertx().eventBus().send("b", much)));
    assertFalse(a.isAnswered("b", "from b"));
    // The messages above are lost with their connection: new ones don't wait behind them.
    bCable.mendForNewOnes();
    aCable.mendForNewOnes();
    eachReachesTheOther();
  }
}
