package io.dockherd.fleet.events;

import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Asks all journals at once what they remember and puts it into one order. */
final class Recollection {
  private static final Log LOG = Log.of(Recollection.class);
  private static final Executor ASKING = Thread.ofVirtual().name("events before")::start;

  private final Members members;
  private final EngineJournal own;
  private final Journal sightings;
  private final String sightingsName;
  private final Journals journals;
  private final FeedSettings settings;

  Recollection(
      Members members,
      EngineJournal own,
      Journal sightings,
      String sightingsName,
      Journals journals,
      FeedSettings settings) {
    this.members = members;
    this.own = own;
    this.sightings = sightings;
    this.sightingsName = sightingsName;
    this.journals = journals;
    this.settings = settings;
  }

  /** One journal's. */
  private record Part(String journal, long end, List<HerdEvent> events) {}

  Remembered of(long since, long until) throws InterruptedException {
    List<Member> nodes = members.nodes();
    int share =
        Math.max(1, Math.min(settings.remembered(), settings.told() / Math.max(1, nodes.size())));
    List<CompletableFuture<Optional<Part>>> asked = new ArrayList<>();
    for (Member member : nodes) {
      if (!member.peer().equals(members.self().peer())) {
        Asked question = Asked.remembered(since, until, share);
        asked.add(CompletableFuture.supplyAsync(() -> far(member.name(), question), ASKING));
      }
    }
    List<Part> parts = new ArrayList<>();
    parts.add(near(since, until, share));
    parts.add(sighted(since, until));
    for (CompletableFuture<Optional<Part>> one : asked) {
      // Each keeps its limit itself.
      answer(one).ifPresent(parts::add);
    }
    return merged(parts);
  }

  private static Optional<Part> answer(CompletableFuture<Optional<Part>> asked)
      throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Part near(long since, long until, int share) {
    EngineJournal.Remembered remembered = own.remembered(since, until, share);
    String self = members.self().name();
    return new Part(
        own.life(),
        remembered.end(),
        remembered.entries().stream()
            .map(entry -> HerdFeed.event(self, own.life(), entry))
            .toList());
  }

  private Part sighted(long since, long until) {
    List<Journal.Entry> all = sightings.all();
    return new Part(
        sightingsName,
        all.isEmpty() ? 0 : all.getLast().number(),
        all.stream()
            .filter(entry -> since <= entry.nanos() && entry.nanos() <= until)
            .map(entry -> HerdFeed.event(HerdFeed.subject(entry), sightingsName, entry))
            .toList());
  }

  private Optional<Part> far(String node, Asked question) {
    try {
      EngineResponse answer = journals.call(node, question.request(settings.asking()));
      if (answer.status() != 200) {
        throw new Unreachable(node, "it answered " + answer.status(), "");
      }
      return Optional.of(read(node, answer.body()));
    } catch (RuntimeException e) {
      LOG.warn("events left out", "node", node, "reason", e.getMessage());
      return Optional.empty();
    }
  }

  private static Part read(String node, Buffer answer) {
    List<JournalLine> lines = new ArrayList<>();
    RecordParser.newDelimited("\n", line -> lines.add(JournalLine.read(line))).handle(answer);
    JournalLine.Head head = (JournalLine.Head) lines.removeFirst();
    List<HerdEvent> events = new ArrayList<>();
    for (JournalLine line : lines) {
      JournalLine.Event event = (JournalLine.Event) line;
      events.add(new HerdEvent(node, head.life(), event.number(), event.nanos(), event.json()));
    }
    return new Part(head.life(), head.at(), events);
  }

  /** By their own stamps, which nothing else is known of; each journal's in its own order. */
  private static Remembered merged(List<Part> parts) {
    List<HerdEvent> all = new ArrayList<>();
    Map<String, Long> ends = new HashMap<>();
    for (Part part : parts) {
      ends.put(part.journal(), part.end());
      long last = Long.MIN_VALUE;
      for (HerdEvent event : part.events()) {
        last = Math.max(last, event.placedNanos());
        all.add(event.placed(last));
      }
    }
    all.sort(Comparator.comparingLong(HerdEvent::placedNanos));
    return new Remembered(all, ends);
  }
}
