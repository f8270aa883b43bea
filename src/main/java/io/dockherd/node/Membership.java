package io.dockherd.node;

import io.dockherd.failure.Conflict;
import io.dockherd.herd.Herd;
import io.dockherd.herd.bus.BusSettings;
import io.dockherd.herd.bus.HerdBus;
import io.dockherd.herd.bus.HerdClusterManager;
import io.dockherd.herd.discovery.Discovery;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Finder;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.GroupSettings;
import io.dockherd.herd.group.JGroupsGroup;
import io.dockherd.herd.links.LinkTls;
import io.dockherd.herd.links.Relay;
import io.dockherd.herd.links.RelaySettings;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.PresentMembers;
import io.dockherd.herd.records.RecordStore;
import io.dockherd.herd.records.Records;
import io.dockherd.herd.records.ReplicatedRecords;
import io.dockherd.node.settings.FailureDetectionSettings;
import io.dockherd.node.settings.HerdSettings;
import io.dockherd.telemetry.BuildVersion;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * This node's place in the herd: the group and what rides on it, put together in the order that
 * loses nothing. All channels are open before the group is joined; the bus starts once this node
 * holds its name.
 */
final class Membership implements Herd {
  private static final Duration ADMISSION_LIMIT = Duration.ofSeconds(30);

  private final Settings settings;
  private final Optional<LinkTls> tls;
  private final Group group;
  private final PresentMembers members;
  private final ReplicatedFacts facts;
  private final RecordStore store;
  private final ReplicatedRecords records;
  private final HerdClusterManager bus;

  /**
   * A node that has not joined yet.
   *
   * @param tls empty only for a node that is alone or insecure
   * @param nameLost told when an older node of this name turns up after a split
   */
  Membership(
      Settings settings,
      Optional<LinkTls> tls,
      ScheduledExecutorService timer,
      InstantSource clock,
      Consumer<Conflict> nameLost) {
    this.settings = settings;
    this.tls = tls;
    group =
        new JGroupsGroup(groupSettings(settings), finder(settings), tls.map(LinkTls::sslContext));
    members = new PresentMembers(group, self(settings, group), PresentMembers.NAME_WAIT, nameLost);
    facts = new ReplicatedFacts(group, members, timer, ReplicatedFacts.DIGEST_EVERY);
    store = settings.dataDir().map(RecordStore::open).orElseGet(RecordStore::none);
    records =
        new ReplicatedRecords(group, members, store, timer, clock, ReplicatedRecords.DIGEST_EVERY);
    bus = new HerdClusterManager(group);
  }

  private static GroupSettings groupSettings(Settings settings) {
    GroupSettings usual =
        GroupSettings.of(
            settings.get(HerdSettings.HERD),
            new InetSocketAddress(settings.bind(), settings.get(HerdSettings.GROUP_PORT)));
    return usual
        .with(
            new GroupSettings.Watching(
                settings.get(FailureDetectionSettings.HEARTBEAT_INTERVAL),
                settings.get(FailureDetectionSettings.HEARTBEAT_TIMEOUT),
                settings.get(FailureDetectionSettings.VERIFY_TIMEOUT)))
        .with(
            usual
                .looking()
                .at(
                    settings.get(FailureDetectionSettings.JOIN_TIMEOUT),
                    settings.get(FailureDetectionSettings.MERGE_INTERVAL)));
  }

  /** A node without a key is alone: it looks for nobody. */
  private static Finder finder(Settings settings) {
    return Discovery.of(
        settings.isAlone() ? "" : settings.get(HerdSettings.DISCOVERY),
        settings.get(HerdSettings.HERD),
        settings.get(HerdSettings.GROUP_PORT),
        settings.get(HerdSettings.DISCOVERY_OPT),
        settings.get(HerdSettings.DISCOVERY_TTL));
  }

  private static Member self(Settings settings, Group group) {
    JsonObject labels = new JsonObject();
    settings.get(HerdSettings.LABELS).forEach(labels::put);
    return new Member(
        group.self(),
        Member.Kind.NODE,
        settings.name(),
        settings.address(),
        settings.get(HerdSettings.GROUP_PORT),
        settings.get(HerdSettings.BUS_PORT),
        settings.get(HerdSettings.RELAY_PORT),
        BuildVersion.text(),
        new JsonObject().put("labels", labels));
  }

  /** Joins and waits until this node holds its name. */
  void join() {
    group.join();
    members.awaitAdmission(ADMISSION_LIMIT);
  }

  /** A Vert.x on the herd's bus; after {@link #join}. */
  Vertx startBus() {
    BusSettings ends =
        BusSettings.of(settings.bind(), settings.get(HerdSettings.BUS_PORT))
            .withAdvertised(settings.address(), 0);
    return tls.map(links -> HerdBus.start(bus, ends, links))
        .orElseGet(() -> HerdBus.startInsecure(bus, ends));
  }

  /** The relay, not yet listening. */
  Relay relay(Vertx vertx) {
    RelaySettings ends = RelaySettings.of(settings.bind(), settings.get(HerdSettings.RELAY_PORT));
    Relay relay =
        tls.map(links -> Relay.secure(vertx, links, ends))
            .orElseGet(() -> Relay.insecure(vertx, settings.name(), ends));
    relay.follow(members);
    return relay;
  }

  @Override
  public String name() {
    return settings.get(HerdSettings.HERD);
  }

  @Override
  public PresentMembers members() {
    return members;
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public Records records() {
    return records;
  }

  @Override
  public void close() {
    members.close();
    facts.close();
    records.close();
    group.close();
    store.close();
  }
}
