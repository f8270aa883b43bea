package io.dockherd.fleet.events;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A feed on node {@code a} and the journals of others, all in memory. */
public final class FeedHerd implements AutoCloseable {
  static final FeedSettings SETTINGS =
      new FeedSettings(
          Duration.ofMillis(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          16,
          1000,
          100,
          Duration.ofSeconds(10));

  private final Map<String, Member> present = new ConcurrentHashMap<>();
  private final Map<String, EngineJournal> journals = new ConcurrentHashMap<>();
  private final Set<String> cut = ConcurrentHashMap.newKeySet();
  private final List<EngineStream> streams = new CopyOnWriteArrayList<>();
  final AtomicInteger streamsOpened = new AtomicInteger();
  final AtomicInteger streamsOpen = new AtomicInteger();
  private int lives;
  public final HerdFeed feed;

  public FeedHerd(String... others) {
    add("a");
    for (String other : others) {
      add(other);
    }
    feed = new HerdFeed(new Present(), journals.get("a"), new Cables(), SETTINGS, clock());
    present.values().forEach(member -> feed.onJoined(member));
  }

  private static InstantSource clock() {
    return InstantSource.system();
  }

  /** A new process of that name, its engine met. */
  Member add(String name) {
    PeerId life = new PeerId(name + "-" + ++lives);
    Member member =
        new Member(life, Member.Kind.NODE, name, "10.0.0.1", 1, 2, 3, "1", new JsonObject());
    EngineJournal journal =
        new EngineJournal(name, life.value(), new ScriptedEngine(name), SETTINGS, clock());
    journals.put(name, journal);
    present.put(name, member);
    journal.onConnected();
    return member;
  }

  Member member(String name) {
    return present.get(name);
  }

  EngineJournal journal(String name) {
    return journals.get(name);
  }

  /** Something happens in that node's engine, now. */
  public void happens(String node, String name) {
    journals.get(node).onEvent(Told.event(name, Happening.nanos(clock().instant())));
  }

  /** How many streams to other nodes are open. */
  public int openStreams() {
    return streamsOpen.get();
  }

  /** That node is reached no more; what was open breaks, or hangs. */
  void cut(String node, boolean hangs) {
    cut.add(node);
    if (!hangs) {
      streams.forEach(EngineStream::close);
    }
  }

  void mend(String node) {
    cut.remove(node);
  }

  void leaves(String name, boolean orderly) {
    Member gone = present.remove(name);
    feed.onLeft(gone, orderly);
  }

  void comes(Member member) {
    present.put(member.name(), member);
    feed.onJoined(member);
  }

  @Override
  public void close() {
    feed.close();
  }

  private EngineJournal reach(String node) {
    if (cut.contains(node) || !present.containsKey(node)) {
      throw new Unreachable(node, "no way to " + node, "");
    }
    return journals.get(node);
  }

  private final class Present implements Members {
    @Override
    public Member self() {
      return present.get("a");
    }

    @Override
    public List<Member> present() {
      return present.values().stream().sorted(Comparator.comparing(Member::name)).toList();
    }

    @Override
    public void listen(MembersListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Cables implements Journals {
    @Override
    public EngineResponse call(String node, EngineRequest request) {
      EngineStream stream = reach(node).answer(request);
      List<Buffer> pieces = new ArrayList<>();
      stream.body().handler(pieces::add);
      stream.body().fetch(1000);
      Buffer all = Buffer.buffer();
      pieces.forEach(all::appendBuffer);
      return new EngineResponse(200, List.of(), all);
    }

    @Override
    public EngineStream stream(String node, EngineRequest request) {
      EngineStream stream = reach(node).answer(request);
      streamsOpened.incrementAndGet();
      streamsOpen.incrementAndGet();
      Lines lossy = new Lines(1000, Duration.ofMinutes(1));
      stream.body().endHandler(end -> lossy.end());
      stream
          .body()
          .handler(
              piece -> {
                if (!cut.contains(node)) {
                  lossy.write(piece);
                }
              });
      stream.body().resume();
      lossy.onClose(
          () -> {
            streamsOpen.decrementAndGet();
            stream.close();
          });
      EngineStream cable =
          new EngineStream(
              200,
              List.of(),
              lossy,
              () -> {
                lossy.end();
                lossy.close();
              });
      streams.add(cable);
      return cable;
    }
  }
}
