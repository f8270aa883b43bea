package io.dockherd.fleet.watch;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineEvent;
import io.dockherd.engine.EngineEventListener;
import io.dockherd.engine.EventFeed;
import io.dockherd.herd.facts.Facts;
import io.dockherd.telemetry.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows this node's own engine and tells what it has as facts (kinds: {@link FactKind}).
 *
 * <p>First the event stream is opened, then everything is listed, so that nothing falls between the
 * two. From then on what an event names is asked for again; every {@code sweep} everything is
 * listed anew and compared. When the engine is lost, its facts stay, and the engine fact says that
 * it is out of reach and why; when it is back, everything is listed first and only then it is said
 * to be within reach.
 */
public final class EngineWatch implements AutoCloseable {
  private static final Log LOG = Log.of(EngineWatch.class);
  private static final Set<String> ALL = Set.of(Touched.ALL);

  private final Engine engine;
  private final Facts facts;
  private final WatchSettings settings;
  private final InstantSource clock;
  private final List<EngineEventListener> listeners = new CopyOnWriteArrayList<>();
  private final Refresher containers;
  private final Refresher images;
  private final Refresher volumes;
  private final Refresher networks;
  private final Refresher self;
  private final Refresher settling;
  private final EngineFact engineFact;
  private final Thread timer;
  private volatile boolean isConnected;
  private volatile boolean isClosed;
  private volatile EventFeed feed;

  /** A watch that has not begun. */
  public EngineWatch(Engine engine, Facts facts, WatchSettings settings, InstantSource clock) {
    this.engine = engine;
    this.facts = facts;
    this.settings = settings;
    this.clock = clock;
    EngineReader reader = new EngineReader(engine, settings.callLimit());
    this.engineFact = new EngineFact(reader, facts);
    this.containers =
        refresher("containers", new ContainerBook(reader, facts, clock, this::lookAgain));
    this.images = refresher("images", new CatalogRound(facts, FactKind.IMAGE, reader::images));
    this.volumes = refresher("volumes", new CatalogRound(facts, FactKind.VOLUME, reader::volumes));
    this.networks =
        refresher("networks", new CatalogRound(facts, FactKind.NETWORK, reader::networks));
    this.self = refresher("engine", engineFact);
    this.settling = refresher("settling", keys -> facts.settle(settings.settleLimit()));
    this.timer = Thread.ofVirtual().name("watch timer").unstarted(this::keepTime);
  }

  private Refresher refresher(String subject, Refresher.Round round) {
    return new Refresher(subject, settings.retry(), () -> isConnected, round);
  }

  /** Begins; returns at once. */
  public void start() {
    feed = engine.follow(clock.instant(), new Following());
    timer.start();
  }

  /** Tells of the engine's events, and of its loss and return, from now on. */
  public void listen(EngineEventListener listener) {
    listeners.add(listener);
  }

  /** Whether the engine answers. */
  public boolean isConnected() {
    return isConnected;
  }

  /**
   * Brings the facts of what was touched up to date and waits until all members hold them, but no
   * longer than the settle limit. True when they do.
   */
  public boolean refresh(Touched touched) {
    if (touched.isNothing()) {
      return true;
    }
    List<CompletableFuture<Void>> rounds = new ArrayList<>();
    if (!touched.containers().isEmpty()) {
      rounds.add(containers.now(touched.containers()));
    }
    if (touched.images()) {
      rounds.add(images.now(ALL));
    }
    if (touched.volumes()) {
      rounds.add(volumes.now(ALL));
    }
    if (touched.networks()) {
      rounds.add(networks.now(ALL));
    }
    CompletableFuture<Void> settled =
        CompletableFuture.allOf(rounds.toArray(CompletableFuture[]::new))
            .thenCompose(done -> settling.now(ALL));
    return isDoneWithin(settings.settleLimit(), settled);
  }

  private boolean isDoneWithin(Duration limit, CompletableFuture<Void> settled) {
    try {
      settled.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("facts follow later", "reason", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    isClosed = true;
    timer.interrupt();
    if (feed != null) {
      feed.close();
    }
    List.of(containers, images, volumes, networks, self, settling).forEach(Refresher::close);
  }

  private void refreshEverything() {
    images.within(Duration.ZERO, ALL);
    volumes.within(Duration.ZERO, ALL);
    networks.within(Duration.ZERO, ALL);
    containers.now(ALL).whenComplete((done, failure) -> self.within(Duration.ZERO, ALL));
  }

  private void lookAgain(Set<String> ids) {
    containers.within(settings.lag(), ids);
  }

  private void note(Touched touched) {
    if (!touched.containers().isEmpty()) {
      containers.within(settings.gather(), touched.containers());
    }
    if (touched.images()) {
      images.within(settings.gather(), ALL);
    }
    if (touched.volumes()) {
      volumes.within(settings.gather(), ALL);
    }
    if (touched.networks()) {
      networks.within(settings.gather(), ALL);
    }
  }

  private void keepTime() {
    LoadFact load = new LoadFact(facts, procOfTheEngine(), engineFact, settings.load());
    long sweepDue = System.nanoTime() + settings.sweep().toNanos();
    while (!isClosed) {
      load.sample(System.nanoTime());
      if (isConnected && System.nanoTime() - sweepDue >= 0) {
        sweepDue = System.nanoTime() + settings.sweep().toNanos();
        refreshEverything();
      }
      LockSupport.parkNanos(Math.min(settings.sample().toNanos(), settings.sweep().toNanos()));
    }
  }

  /** Only an engine on a unix socket is sure to be on this machine. */
  private Optional<Path> procOfTheEngine() {
    return engine.address() instanceof EngineAddress.Unix
        ? Optional.of(Path.of("/proc"))
        : Optional.empty();
  }

  private final class Following implements EngineEventListener {
    @Override
    public void onConnected() {
      LOG.info("engine connected", "engine", engine.address());
      isConnected = true;
      engineFact.found();
      refreshEverything();
      listeners.forEach(EngineEventListener::onConnected);
    }

    @Override
    public void onEvent(EngineEvent event) {
      note(Touched.by(event));
      if (event.type().equals("daemon")) {
        self.within(settings.gather(), ALL);
      }
      listeners.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public void onLost(String reason) {
      LOG.warn("engine lost", "engine", engine.address(), "reason", reason);
      isConnected = false;
      engineFact.lost(reason);
      listeners.forEach(listener -> listener.onLost(reason));
    }
  }
}
