package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.events.EngineJournal;
import io.dockherd.fleet.events.FeedSettings;
import io.dockherd.fleet.events.HerdFeed;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.networks.NetworkBook;
import io.dockherd.fleet.networks.NetworkMaker;
import io.dockherd.fleet.watch.EngineWatch;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.fleet.watch.Touched;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Placement;
import io.dockherd.scheduling.Scheduler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The fleet as one node of a herd has it: its own engine, watched; the other nodes' engines over
 * their relays; and everybody's facts.
 *
 * <p>{@link #listen} tells of this node's own engine and of what it sees come and go, not of other
 * engines' events: those reach others on the bus, published by their own nodes, each once.
 */
public final class HerdFleet implements Fleet, AutoCloseable {
  private static final FeedSettings MERGING = FeedSettings.defaults();

  private final String herd;
  private final Members members;
  private final InstantSource clock;
  private final FleetSettings settings;
  private final RandomGenerator random;
  private final ContainerIndex index;
  private final Shown shown;
  private final Absent absent;
  private final ContentsIndex contents;
  private final LoadBoard board;
  private final Hosts hosts;
  private final Locator locator;
  private final OwnEngines engines = new OwnEngines();
  private final OwnEngine beside;
  private final NetworkBook networkBook;
  private final Places places;
  private final Dispatcher dispatcher;
  private final Doubtful doubtful;
  private final FleetEvents events;
  private final HerdFeed feed;
  private final RunningClaims claims;
  private final Names names;
  private final Errands errands;
  private final Facts facts;

  /**
   * A fleet that has not begun.
   *
   * @param engine this node's own
   * @param pool which nodes new containers may be placed on
   * @param random draws between nodes that are equally good
   */
  public HerdFleet(
      String herd,
      Members members,
      Facts facts,
      Engine engine,
      Neighbours neighbours,
      Pool pool,
      FleetSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    String self = members.self().name();
    this.herd = herd;
    this.members = members;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.facts = facts;
    this.index = new ContainerIndex(facts);
    this.absent = new Absent(facts);
    this.hosts = new Hosts(members, engines, neighbours, index);
    this.shown = new Shown(index);
    this.locator = new Locator(hosts, index, shown, absent);
    this.doubtful = new Doubtful(facts, index, settings.doubtful());
    this.networkBook = new NetworkBook(facts);
    this.contents = new ContentsIndex(facts, networkBook);
    this.board = new LoadBoard(facts, absent, pool, contents);
    this.beside = own(members::self, facts, engine);
    engines.add(beside);
    PlacementSettings placement = settings.placement();
    this.places =
        new Places(
            members, facts, board, index, Scheduler.spreading(random), placement.scheduler(random));
    this.claims = new RunningClaims(new NameBook(members, facts, hosts, index));
    this.names = new Names(members, neighbours, claims);
    this.errands = new Errands(beside, engines, neighbours, names);
    this.dispatcher =
        new Dispatcher(herd, hosts, neighbours, engines, places, names, doubtful, beside.peers());
    this.events = new FleetEvents(self, clock);
    this.feed =
        new HerdFeed(members, beside.journal(), new HostJournals(hosts, engines), MERGING, clock);
  }

  /**
   * @param member whose it is, as it is now
   * @param told where its facts are told
   */
  private OwnEngine own(Supplier<Member> member, Facts told, Engine engine) {
    Member owner = member.get();
    String name = owner.name();
    EngineWatch watch = new EngineWatch(engine, told, settings.watch(), clock);
    LocalHost host = new LocalHost(name, engine, watch);
    NetworkMaker networks =
        new NetworkMaker(name, engine, networkBook, () -> watch.refresh(Touched.NETWORKS));
    PeerImages peers =
        new PeerImages(
            name,
            hosts,
            absent,
            new ImageIndex(facts),
            watch,
            new PeerImage(name, engine, settings.pullLimit()),
            settings.pullLimit());
    host.fetchFrom(peers);
    Pulls pulls = new Pulls(name, engine, peers, settings.pullLimit());
    Workbench bench = new Workbench(member, board, index, settings.placement().atTheNode(random));
    Maker maker =
        new Maker(name, engine, watch, pulls, doubtful, bench, () -> board.cpus(name), networks);
    EngineJournal journal = new EngineJournal(name, owner.peer().value(), engine, MERGING, clock);
    watch.listen(journal);
    return new OwnEngine(owner, watch, host, networks, peers, pulls, bench, maker, journal);
  }

  /**
   * Takes on another engine as this process's own, before its member is present: for a manager,
   * which has no neighbours. It is watched from now on.
   *
   * @param told where its facts are told, as that member
   */
  public void adopt(Member member, Facts told, Engine engine) {
    OwnEngine adopted = own(() -> member, told, engine);
    engines.add(adopted);
    adopted.start();
  }

  /** Follows an adopted engine no more, after its member has gone. */
  public void release(Member member) {
    engines.remove(member);
  }

  /** Begins to watch the engine and to follow the herd; returns at once. */
  public void start() {
    members.listen(hosts);
    members.listen(contents);
    members.listen(events);
    members.listen(feed);
    beside.watch().listen(events);
    doubtful.open((node, request) -> hosts.find(node).map(host -> host.call(request)));
    facts.listen(FactKind.CONTAINER, claims);
    facts.listen(FactKind.CONTAINER, shown);
    facts.listen(FactKind.CONTAINER, new Namesakes(members.self().name(), events::tellNamesakes));
    beside.start();
  }

  /** Lets other nodes call this node's engine. */
  public RelayDoor relayDoor() {
    return new RelayDoor(members, beside.host(), beside.journal());
  }

  /** The events of the whole herd. */
  public HerdFeed feed() {
    return feed;
  }

  /**
   * Does what another node has asked for with {@link Neighbours#command}; waits.
   *
   * @param from the node that asks
   * @throws Invalid when there is no such command
   */
  public JsonObject obey(String from, String command, JsonObject order) {
    return errands.obey(from, command, order);
  }

  /** The names of all commands. */
  Set<String> commands() {
    return errands.names();
  }

  @Override
  public String herd() {
    return herd;
  }

  @Override
  public Host local() {
    return beside.host();
  }

  @Override
  public List<Host> hosts() {
    return hosts.all();
  }

  @Override
  public Host host(String node) {
    return hosts.named(node);
  }

  @Override
  public Located locate(String reference, Duration limit) {
    return locator.locate(reference, limit);
  }

  @Override
  public Optional<Located> locateKnown(String reference) {
    return locator.locateKnown(reference);
  }

  @Override
  public List<ContainerFact> containers() {
    List<ContainerFact> all = new ArrayList<>();
    for (Host host : hosts.all()) {
      for (KnownContainer known : shown.of(host.node())) {
        all.add(
            new ContainerFact(
                host.node(), known.id(), known.names(), known.summary(clock.instant())));
      }
    }
    return all;
  }

  @Override
  public List<KnownContainer> known(String node) {
    return shown.of(hosts.named(node).node());
  }

  @Override
  public Map<String, String> labels(String node) {
    return board.labels(hosts.member(node));
  }

  @Override
  public boolean isDrained(String node) {
    return board.pool().isDrained(node);
  }

  @Override
  public Buffer containersJson(String node) {
    if (hosts.find(node).isEmpty()) {
      throw new NotFound(node, "there is no node '" + node + "' in the herd just now", "");
    }
    absent
        .engine(node)
        .ifPresent(
            reason -> {
              throw new Unreachable(
                  node, "the engine of " + node + " can't be reached: " + reason, "");
            });
    return KnownContainer.list(shown.of(node), clock.instant());
  }

  @Override
  public List<Creation> create(CreateOrder order, int count) {
    return dispatcher.create(order, count);
  }

  @Override
  public Creation createOn(String node, CreateOrder order) {
    return dispatcher.createOn(node, order);
  }

  @Override
  public Placement rank(Demand demand) {
    return places.rank(demand);
  }

  @Override
  public NameClaim claimName(String name, Duration limit) {
    return names.claim(name, limit);
  }

  @Override
  public NetworkBook networks() {
    return networkBook;
  }

  @Override
  public String networkOn(String node, String reference, Duration limit) {
    return errands.network(hosts.member(node), reference, limit);
  }

  @Override
  public List<NodeLoad> loads() {
    return places.loads();
  }

  @Override
  public Hold hold(Demand demand) {
    return beside.bench().hold(demand);
  }

  @Override
  public void fetchImage(String image, boolean isRenewed, Duration limit) {
    TimeLeft left = TimeLeft.of(limit);
    Optional<EngineResponse> problem =
        isRenewed ? beside.pulls().renew(image, left) : beside.pulls().pull(image, true, "", left);
    problem.ifPresent(
        answer -> {
          throw new NotFound(
              image, "the image " + image + " can't be had: " + answer.message(), "");
        });
    beside.watch().refresh(Touched.anyImage());
  }

  @Override
  public void serve(String command, Errand errand) {
    errands.add(command, errand);
  }

  @Override
  public JsonObject order(String node, String command, JsonObject order, Duration limit) {
    return errands.order(members.self(), hosts.member(node), command, order, limit);
  }

  @Override
  public void listen(Consumer<JsonObject> listener) {
    events.listen(listener);
  }

  @Override
  public void close() {
    feed.close();
    engines.close();
    hosts.close();
  }
}
