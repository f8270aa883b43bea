package io.dockherd.fleet.events;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineEvent;
import io.dockherd.engine.EngineEventListener;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What happened in this node's own engine: the events its watch hears, numbered, and before them
 * what the engine still remembered when it was first met. When the engine is met, lost and back is
 * written down among them, as classic Swarm told it ({@link Happening}).
 *
 * <p>As a stream ({@link #answer}) it is a line that says how far it is, then a line for each
 * event:
 *
 * <pre>
 * {"life":"7b0c…","at":12,"now":1774000000123456789}
 * {"number":13,"event":{"Type":"container","Action":"start",…}}</pre>
 */
public final class EngineJournal implements EngineEventListener {
  /** Where it is asked for by other nodes; engines know no such path. */
  public static final String PATH = "/_dockherd/events";

  private static final Log LOG = Log.of(EngineJournal.class);

  private final String node;
  private final String life;
  private final FeedSettings settings;
  private final InstantSource clock;
  private final EngineMemory memory;
  private final Journal journal;

  /** What was before; not before the engine is met. */
  private final CompletableFuture<List<Journal.Entry>> before = new CompletableFuture<>();

  private boolean isMet;
  private boolean isLost;

  /**
   * @param node this node's name
   * @param life what tells this process from those before it of the same name
   */
  public EngineJournal(
      String node, String life, Engine engine, FeedSettings settings, InstantSource clock) {
    this.node = node;
    this.life = life;
    this.settings = settings;
    this.clock = clock;
    this.memory = new EngineMemory(engine, settings.asking());
    this.journal = new Journal(settings.remembered());
  }

  /** What tells this journal from one of an earlier process of the same name. */
  String life() {
    return life;
  }

  @Override
  public void onConnected() {
    if (!isMet) {
      isMet = true;
      write(Happening.ENGINE_CONNECT);
      Thread.ofVirtual().name("events before").start(this::lookBack);
    } else if (isLost) {
      write(Happening.ENGINE_RECONNECT);
    }
    isLost = false;
  }

  @Override
  public void onEvent(EngineEvent event) {
    journal.write(event.timeNanos(), event.json());
  }

  @Override
  public void onLost(String reason) {
    if (isMet && !isLost) {
      write(Happening.ENGINE_DISCONNECT);
    }
    isLost = true;
  }

  private void write(String action) {
    Happening happening = Happening.ofEngine(action, node, clock.instant());
    journal.write(happening.nanos(), happening.json());
  }

  private void lookBack() {
    try {
      List<EngineEvent> remembered = memory.ask();
      Set<String> known = new HashSet<>();
      journal.all().forEach(entry -> known.add(entry.json().encode()));
      before.complete(
          remembered.stream()
              .filter(event -> !known.contains(event.json().encode()))
              .map(event -> new Journal.Entry(0, event.timeNanos(), event.json()))
              .toList());
    } catch (RuntimeException e) {
      LOG.warn("engine does not tell what was before", "node", node, "reason", e.getMessage());
      before.complete(List.of());
    }
  }

  /** Tells what comes after that number, or what comes from now on; the teller does not wait. */
  Journal.Following follow(long after, Consumer<Journal.Entry> follower) {
    return journal.follow(after, follower);
  }

  /** What is remembered, and the number it goes up to. */
  Remembered remembered(long since, long until, int most) {
    // In this order: what comes between the two is told once more later, and known by its number.
    long end = journal.end();
    List<Journal.Entry> all = new ArrayList<>(before());
    journal.all().stream().filter(entry -> entry.number() <= end).forEach(all::add);
    List<Journal.Entry> wanted =
        all.stream().filter(entry -> since <= entry.nanos() && entry.nanos() <= until).toList();
    return new Remembered(end, wanted.subList(Math.max(0, wanted.size() - most), wanted.size()));
  }

  /**
   * @param end the number of the last event at that moment
   */
  record Remembered(long end, List<Journal.Entry> entries) {}

  /** An engine met just now is waited for a little; one that was never met has nothing to tell. */
  private List<Journal.Entry> before() {
    if (journal.end() == 0) {
      return List.of();
    }
    return before
        .copy()
        .completeOnTimeout(List.of(), settings.asking().toMillis() / 2, TimeUnit.MILLISECONDS)
        .join();
  }

  /** Answers another node. */
  public EngineStream answer(EngineRequest request) {
    Asked asked = Asked.of(request);
    Lines lines = new Lines(settings.backlog(), settings.patience());
    if (asked.isFollowing()) {
      tell(asked, lines);
    } else {
      Remembered remembered = remembered(asked.since(), asked.until(), asked.most());
      lines.write(head(remembered.end()));
      remembered.entries().forEach(entry -> lines.write(JournalLine.of(entry)));
      lines.end();
    }
    return lines.answer();
  }

  /** Answers what is short in one piece, for whoever asks in this process. */
  public EngineResponse told(EngineRequest request) {
    Asked asked = Asked.of(request);
    Remembered remembered = remembered(asked.since(), asked.until(), asked.most());
    Buffer lines = head(remembered.end());
    remembered.entries().forEach(entry -> lines.appendBuffer(JournalLine.of(entry)));
    return new EngineResponse(200, List.of(), lines);
  }

  private Buffer head(long at) {
    return JournalLine.head(life, at, Happening.nanos(clock.instant()));
  }

  private void tell(Asked asked, Lines lines) {
    boolean isOfThisLife = asked.life().equals(life) && asked.after() != Asked.END;
    // Who knew an earlier life of this node has heard nothing of what was since.
    boolean isOfAnEarlierLife = !asked.life().isEmpty() && !asked.life().equals(life);
    long at = isOfThisLife ? asked.after() : isOfAnEarlierLife ? 0 : journal.end();
    lines.write(head(at));
    if (isOfAnEarlierLife && asked.since() > 0) {
      // When it is known: a node is seen by others before it has met its engine.
      before.thenAccept(
          entries ->
              entries.stream()
                  .filter(entry -> entry.nanos() > asked.since())
                  .forEach(entry -> lines.write(JournalLine.of(entry))));
    }
    lines.onClose(journal.follow(at, entry -> lines.write(JournalLine.of(entry)))::close);
  }
}
