package io.dockherd.fleet.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TeeTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Tee.Pace PATIENT = new Tee.Pace(100, Duration.ofMinutes(5), 1);
  private static final Tee.Pace IMPATIENT = new Tee.Pace(100, Duration.ofMillis(50), 60);

  private final Source source = new Source();

  @Test
  void everyReaderGetsEverythingAtThePaceOfTheSlowest() {
    Tee tee = new Tee(source, 2, PATIENT);
    Reader quick = new Reader(tee.branch(0));
    Reader slow = new Reader(tee.branch(1));
    quick.stream.resume();
    tee.start();
    source.give("x".repeat(60));
    assertTrue(source.flows);
    source.give("y".repeat(60));
    assertFalse(source.flows, "120 bytes wait for the slow one");
    assertEquals(120, quick.text.length());
    slow.stream.fetch(1);
    assertTrue(source.flows, "60 are left");
    slow.stream.resume();
    source.end();
    assertEquals(quick.text.toString(), slow.text.toString());
    assertTrue(quick.isEnded && slow.isEnded);
  }

  @Test
  void aReaderWhoTakesNothingIsDroppedAndTheOthersGoOn() {
    Tee tee = new Tee(source, 2, IMPATIENT);
    Reader quick = new Reader(tee.branch(0));
    Reader hung = new Reader(tee.branch(1));
    quick.stream.resume();
    tee.start();
    source.give("x".repeat(200));
    assertFalse(source.flows);
    Await.until("the hung one is dropped", SOON, () -> hung.failure.isPresent());
    assertInstanceOf(Tee.LeftBehind.class, hung.failure.get());
    assertTrue(tee.leftBehind(1).orElse("").contains("took only 0 bytes"));
    assertTrue(tee.leftBehind(0).isEmpty());
    Await.until("it flows again", SOON, () -> source.flows);
    source.give("more");
    source.end();
    assertEquals(204, quick.text.length());
    assertTrue(quick.isEnded);
    tee.close();
  }

  @Test
  void whoDoesNotTakeTheRestWhenAllIsHereIsDroppedToo() {
    Tee tee = new Tee(source, 2, IMPATIENT);
    Reader quick = new Reader(tee.branch(0));
    Reader hung = new Reader(tee.branch(1));
    quick.stream.resume();
    tee.start();
    source.give("x".repeat(30));
    source.end();
    assertTrue(quick.isEnded);
    Await.until("the hung one is dropped", SOON, () -> hung.failure.isPresent());
    assertInstanceOf(Tee.LeftBehind.class, hung.failure.get());
    assertFalse(hung.isEnded);
  }

  @Test
  void oneThatLeavesHoldsNobodyUp() {
    Tee tee = new Tee(source, 2, PATIENT);
    Reader quick = new Reader(tee.branch(0));
    quick.stream.resume();
    tee.start();
    source.give("x".repeat(200));
    assertFalse(source.flows);
    tee.leave(1);
    assertTrue(source.flows);
    source.give("y");
    assertEquals(201, quick.text.length());
    tee.close();
  }

  @Test
  void aBrokenSourceIsNoEndForAnybody() {
    Tee tee = new Tee(source, 2, PATIENT);
    Reader one = new Reader(tee.branch(0));
    one.stream.resume();
    tee.start();
    source.give("half");
    source.fail(new IllegalStateException("cut"));
    assertEquals("cut", one.failure.map(Throwable::getMessage).orElse(""));
    assertFalse(one.isEnded);
    // Whoever begins only now learns of it too.
    assertEquals("cut", new Reader(tee.branch(1)).failure.map(Throwable::getMessage).orElse(""));
  }

  private static final class Reader {
    private final ReadStream<Buffer> stream;
    private final StringBuffer text = new StringBuffer();
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile boolean isEnded;

    private Reader(ReadStream<Buffer> stream) {
      this.stream = stream;
      stream.exceptionHandler(cause -> failure = Optional.of(cause));
      stream.endHandler(end -> isEnded = true);
      stream.handler(text::append);
    }
  }

  private static final class Source implements ReadStream<Buffer> {
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    private volatile boolean flows;

    private void give(String text) {
      handler.handle(Buffer.buffer(text));
    }

    private void end() {
      endHandler.handle(null);
    }

    private void fail(Throwable cause) {
      exceptionHandler.handle(cause);
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
      exceptionHandler = next;
      return this;
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> next) {
      handler = next;
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      flows = false;
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      flows = true;
      return this;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      return resume();
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> next) {
      endHandler = next;
      return this;
    }
  }
}
