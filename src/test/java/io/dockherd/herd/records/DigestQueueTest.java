package io.dockherd.herd.records;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.herd.group.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DigestQueueTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final PeerId BUSY = new PeerId("busy");
  private static final PeerId A = new PeerId("a");
  private static final PeerId B = new PeerId("b");

  private final CountDownLatch free = new CountDownLatch(1);
  private final List<String> examined = new CopyOnWriteArrayList<>();
  private final DigestQueue queue = new DigestQueue(this::examine);

  private void examine(PeerId peer, RecordsMessage.Digest digest) {
    if (peer.equals(BUSY)) {
      try {
        free.await();
      } catch (InterruptedException e) {
        return;
      }
    } else {
      examined.add(peer.value() + " sum " + digest.sum() + " echo " + digest.echo());
    }
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void ofEachPeerTheLatestIsExaminedAndTheLatestEcho() {
    queue.put(BUSY, digest(0, 0));
    for (int sum = 1; sum <= 1000; sum++) {
      queue.put(A, digest(sum, sum % 100 == 0 ? sum / 100 : 0));
    }
    queue.put(A, digest(2000, 3));
    queue.put(B, digest(3, 0));
    free.countDown();
    awaitExamined(List.of("a sum 999 echo 0", "a sum 1000 echo 10", "b sum 3 echo 0"));
  }

  @Test
  void whatIsPutBackGivesWayToWhatHasComeMeanwhile() {
    queue.put(BUSY, digest(0, 0));
    queue.put(A, digest(2, 0));
    queue.put(A, digest(2, 6));
    queue.putBack(A, digest(1, 0));
    queue.putBack(A, digest(1, 5));
    queue.putBack(B, digest(1, 4));
    free.countDown();
    awaitExamined(List.of("a sum 2 echo 0", "a sum 2 echo 6", "b sum 1 echo 4"));
  }

  @Test
  void whoHasGoneIsForgottenAndHeardAnewWhenBack() {
    queue.put(BUSY, digest(0, 0));
    queue.put(A, digest(1, 9));
    queue.forget(A);
    queue.put(A, digest(2, 0));
    free.countDown();
    awaitExamined(List.of("a sum 2 echo 0"));
  }

  private void awaitExamined(List<String> expected) {
    queue.put(new PeerId("z"), digest(0, 0));
    Await.until("examined", LIMIT, () -> examined.contains("z sum 0 echo 0"));
    assertEquals(expected, examined.subList(0, examined.size() - 1));
  }

  private static RecordsMessage.Digest digest(long sum, long echo) {
    return new RecordsMessage.Digest(1, 0, echo, sum, 0, 0, 0, 0, 0);
  }
}
