package io.dockherd.fleet.events;

import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The events of all present engines as one stream in time order ({@link ReorderWindow} has the
 * rule), with what nodes tell of themselves among them.
 *
 * <p>Why it is one for a node and not one for a caller: each node follows its own engine anyway, on
 * one stream, without loss and over the engine's restarts; it numbers what it hears ({@link
 * EngineJournal}). While at least one caller follows here, this node follows the journals of the
 * others, one stream over the relay to each, and shares them among all its callers. So an engine
 * has one listener however many nodes and callers there are, a link carries an event once, and
 * numbers instead of clocks say what is still missing after a link was cut. With no caller nothing
 * is open.
 *
 * <p>A node that comes while somebody follows is followed too, from its first event on; one that
 * comes back is followed from where it was, also by what its engine remembers from the time its
 * node was away.
 */
public final class HerdFeed implements Members.MembersListener, AutoCloseable {
  private static final Log LOG = Log.of(HerdFeed.class);

  private final Members members;
  private final EngineJournal own;
  private final Journals journals;
  private final FeedSettings settings;
  private final InstantSource clock;
  private final Journal sightings;
  private final Sightings sighted;
  private final String sightingsName;
  private final Recollection recollection;

  /** What is open while somebody follows. */
  private Optional<Open> open = Optional.empty();

  /** Somebody is told no more. */
  public interface Following extends AutoCloseable {
    @Override
    void close();
  }

  /** A feed that has seen nothing yet; it is to be told of the members' coming and going. */
  public HerdFeed(
      Members members,
      EngineJournal own,
      Journals journals,
      FeedSettings settings,
      InstantSource clock) {
    this.members = members;
    this.own = own;
    this.journals = journals;
    this.settings = settings;
    this.clock = clock;
    this.sightings = new Journal(settings.remembered());
    this.sighted = new Sightings(members, sightings, clock);
    this.sightingsName = "sightings of " + own.life();
    this.recollection =
        new Recollection(members, own, sightings, sightingsName, journals, settings);
  }

  /** How it merges, and how much it keeps for a slow reader. */
  public FeedSettings settings() {
    return settings;
  }

  /**
   * Tells of all events from now on, in order. Returns when all present nodes' journals are
   * followed or the limit for it has passed (what a node tells later is told from then on). The
   * listener is told on one thread and must not wait.
   */
  public Following follow(Consumer<HerdEvent> listener) throws InterruptedException {
    Open opened;
    synchronized (this) {
      opened = open.orElseGet(Open::new);
      if (open.isEmpty()) {
        open = Optional.of(opened);
        opened.start();
      }
      opened.merging.listen(listener);
    }
    try {
      opened.await();
    } catch (InterruptedException e) {
      leave(opened, listener);
      throw e;
    }
    return () -> leave(opened, listener);
  }

  private synchronized void leave(Open opened, Consumer<HerdEvent> listener) {
    opened.merging.unlisten(listener);
    if (!opened.merging.hasListeners() && open.filter(opened::equals).isPresent()) {
      open = Optional.empty();
      opened.close();
    }
  }

  /**
   * What is remembered of all present nodes' engines, in order. A journal that does not answer in
   * time is left out.
   *
   * @param since the earliest
   * @param until the latest
   */
  public Remembered remembered(Instant since, Instant until) throws InterruptedException {
    return recollection.of(nanos(since), nanos(until));
  }

  /** As far as a long goes: some three hundred years either side of 1970. */
  private static long nanos(Instant when) {
    Instant clamped = when.isAfter(Remembered.END_OF_TIME) ? Remembered.END_OF_TIME : when;
    return clamped.isBefore(Instant.EPOCH) ? 0 : Happening.nanos(clamped);
  }

  @Override
  public synchronized void onJoined(Member member) {
    sighted.onJoined(member);
    open.ifPresent(opened -> opened.joined(member));
  }

  @Override
  public synchronized void onLeft(Member member, boolean orderly) {
    sighted.onLeft(member, orderly);
    open.ifPresent(opened -> opened.left(member));
  }

  /** Tells nobody any more. */
  @Override
  public synchronized void close() {
    open.ifPresent(Open::close);
    open = Optional.empty();
  }

  private boolean isOther(Member member) {
    return member.isNode() && !member.peer().equals(members.self().peer());
  }

  /** The streams to all journals. Under the feed's lock. */
  private final class Open implements AutoCloseable {
    private final Merging merging = new Merging(settings, clock, () -> members.nodes().size() < 2);
    private final Map<String, JournalFollower> followers = new HashMap<>();
    private final List<Journal.Following> near = new ArrayList<>();

    /** How far the journals were of those that have gone. */
    private final Map<String, Position> gone = new HashMap<>();

    private void start() {
      String self = members.self().name();
      near.add(own.follow(Asked.END, entry -> merging.add(event(self, own.life(), entry))));
      near.add(
          sightings.follow(
              Asked.END, entry -> merging.add(event(subject(entry), sightingsName, entry))));
      members.nodes().stream()
          .filter(HerdFeed.this::isOther)
          .forEach(member -> follow(member.name(), Position.END));
      merging.start();
    }

    private void follow(String node, Position from) {
      JournalFollower follower = new JournalFollower(node, from, journals, settings, merging::add);
      followers.put(node, follower);
      follower.start();
    }

    private void joined(Member member) {
      if (isOther(member) && !followers.containsKey(member.name())) {
        Position from = gone.remove(member.name());
        follow(member.name(), from == null ? Position.beginningOf(member.peer().value()) : from);
      }
    }

    private void left(Member member) {
      JournalFollower follower = followers.remove(member.name());
      if (follower != null) {
        follower.close();
        gone.put(member.name(), follower.position());
        merging.forget(follower.position().life());
      }
    }

    private void await() throws InterruptedException {
      List<JournalFollower> waitedFor;
      synchronized (HerdFeed.this) {
        waitedFor = List.copyOf(followers.values());
      }
      long deadline = System.nanoTime() + settings.opening().toNanos();
      for (JournalFollower follower : waitedFor) {
        follower.awaitFirst(Duration.ofNanos(deadline - System.nanoTime()));
      }
    }

    @Override
    public void close() {
      LOG.debug("nobody follows the herd's events any more");
      near.forEach(Journal.Following::close);
      followers.values().forEach(JournalFollower::close);
      merging.close();
    }
  }

  static HerdEvent event(String node, String journal, Journal.Entry entry) {
    return new HerdEvent(node, journal, entry.number(), entry.nanos(), entry.json());
  }

  /** Which node a sighting is of. */
  static String subject(Journal.Entry sighting) {
    JsonObject actor = sighting.json().getJsonObject("Actor");
    return actor.getString("ID");
  }
}
