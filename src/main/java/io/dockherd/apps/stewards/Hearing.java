package io.dockherd.apps.stewards;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNode;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether this node knows enough to decide: who is there, what they have written, and what they
 * run. Nothing is done for any app before.
 */
final class Hearing implements Members.MembersListener {
  private static final Log LOG = Log.of(Hearing.class);

  private final Fleet fleet;
  private final Members members;
  private final Facts facts;
  private final AppBook book;
  private final Duties duties;
  private final StewardSettings settings;
  private final InstantSource clock;
  private final Instant begun;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();

  /** The versions of apps that were here before this node looked after any. */
  private final Map<AppPath, AppVersion> before = new ConcurrentHashMap<>();

  private final AtomicLong changes = new AtomicLong();

  /** The number of the last of them after which the records were compared. */
  private final AtomicLong caughtUp = new AtomicLong(-1);

  private volatile Instant changed;
  private volatile boolean isClosed;

  Hearing(
      Fleet fleet,
      Members members,
      Facts facts,
      AppBook book,
      Duties duties,
      StewardSettings settings,
      InstantSource clock) {
    this.fleet = fleet;
    this.members = members;
    this.facts = facts;
    this.book = book;
    this.duties = duties;
    this.settings = settings;
    this.clock = clock;
    begun = clock.instant();
    changed = begun;
  }

  /** Takes note of the apps there are: whatever their stamps say, they are older than this. */
  void begin() {
    book.under("/").forEach(kept -> before.put(kept.app().path(), kept.app().version()));
  }

  /** Gives up whatever it waits for. */
  void close() {
    isClosed = true;
  }

  @Override
  public void onJoined(Member member) {
    if (member.isNode()) {
      since.put(member.name(), clock.instant());
      seen.add(member.name());
      changes();
    }
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    if (member.isNode()) {
      since.remove(member.name());
      heard.remove(member.name());
      changes();
    }
  }

  /**
   * Whether the members have not changed for a moment, this node holds all records they hold, and
   * all have told what they run.
   */
  boolean isClear() {
    return isPast(changed, settings.settle())
        && caughtUp.get() == changes.get()
        && members.nodes().stream().allMatch(node -> isHeardOf(node.name()));
  }

  /** Something has changed: what the others have written may be news to us. */
  private void changes() {
    changed = clock.instant();
    long number = changes.incrementAndGet();
    Thread.ofVirtual().name("stewards catch up").start(() -> catchUp(number));
  }

  private void catchUp(long number) {
    while (changes.get() == number && !isClosed) {
      try {
        book.awaitCaughtUp(duties.ownKey("stewards/"), settings.call());
        caughtUp.accumulateAndGet(number, Math::max);
        return;
      } catch (Failure e) {
        LOG.debug("records not caught up yet", "reason", e.getMessage());
      }
    }
  }

  /** When the members last changed. */
  Instant changed() {
    return changed;
  }

  private boolean isPast(Instant from, Duration wait) {
    return !clock.instant().isBefore(from.plus(wait));
  }

  /**
   * Whether a node has told of its engine, and of an instance for all the containers of instances
   * there; one that does not is not waited for without end.
   */
  private boolean isHeardOf(String node) {
    if (heard.contains(node)) {
      return true;
    }
    Instant there = since.getOrDefault(node, begun);
    Optional<KnownEngine> engine =
        facts.find(FactKind.ENGINE, node, FactKind.ONLY).map(fact -> new KnownEngine(fact.json()));
    boolean isHeardOf =
        isPast(there, settings.hearing())
            || engine.isPresent() && (!engine.get().isReachable() || isAllTold(node));
    if (isHeardOf) {
      heard.add(node);
    }
    return isHeardOf;
  }

  private boolean isAllTold(String node) {
    try {
      return fleet.known(node).stream()
          .map(container -> container.tenant().labels())
          .filter(labels -> isOfHerd(fleet.herd(), labels))
          .allMatch(labels -> facts.find(Instance.FACT, node, factId(labels)).isPresent());
    } catch (NotFound e) {
      return true;
    }
  }

  /** Whether these are a container's of an instance of that herd. */
  static boolean isOfHerd(String herd, Map<String, String> labels) {
    return herd.equals(labels.get(AppLabel.HERD))
        && labels.containsKey(AppLabel.APP)
        && labels.containsKey(AppLabel.INSTANCE);
  }

  private static String factId(Map<String, String> labels) {
    return labels.get(AppLabel.APP) + "#" + labels.get(AppLabel.INSTANCE);
  }

  /** Present nodes that may be gone again in a moment. */
  Set<String> newcomers() {
    Set<String> newcomers = new HashSet<>();
    since.forEach(
        (node, there) -> {
          if (!isPast(there, settings.returning())) {
            newcomers.add(node);
          }
        });
    return newcomers;
  }

  /** After a power cut nodes come one by one: the first must not begin what the others bring. */
  Optional<String> returning(App app, KnownNodes known) {
    boolean isOld =
        app.version().stamp().isBefore(begun) || app.version().equals(before.get(app.path()));
    if (!isOld || isPast(begun, settings.returning())) {
      return Optional.empty();
    }
    List<String> awaited =
        known.absent().stream().map(KnownNode::name).filter(node -> !seen.contains(node)).toList();
    return awaited.isEmpty()
        ? Optional.empty()
        : Optional.of("waits a moment for nodes that were here before: " + awaited);
  }
}
