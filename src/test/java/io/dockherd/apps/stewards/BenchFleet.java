package io.dockherd.apps.stewards;

import io.dockherd.failure.NotFound;
import io.dockherd.fleet.ContainerFact;
import io.dockherd.fleet.CreateOrder;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Errand;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Hold;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.NameClaim;
import io.dockherd.fleet.networks.NetworkBook;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.Contents;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Placement;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Of a fleet, what a steward asks: who carries what, and orders. */
final class BenchFleet implements Fleet {
  /** What a node does with an order. */
  @FunctionalInterface
  interface Doing {
    JsonObject obey(String node, String command, JsonObject order);
  }

  private final Members members;
  private final Map<String, Errand> errands = new ConcurrentHashMap<>();
  final Set<String> drained = ConcurrentHashMap.newKeySet();
  final Map<String, List<KnownContainer>> containers = new ConcurrentHashMap<>();
  private volatile Doing doing = (node, command, order) -> new JsonObject();

  BenchFleet(Members members) {
    this.members = members;
  }

  void doing(Doing what) {
    doing = what;
  }

  @Override
  public String herd() {
    return "test";
  }

  @Override
  public List<NodeLoad> loads() {
    long gibi = 1L << 30;
    return members.nodes().stream()
        .map(Member::name)
        .map(
            node ->
                drained.contains(node)
                    ? NodeLoad.unavailable(node, "it is drained")
                    : new NodeLoad(
                        node, "", "", 0, 0, 4, 0, 8 * gibi, 8 * gibi, Map.of(), Contents.NONE))
        .toList();
  }

  @Override
  public JsonObject order(String node, String command, JsonObject order, Duration limit) {
    if (members.named(node).isEmpty()) {
      throw new NotFound(node, "no such node", "");
    }
    Errand errand = errands.get(command);
    return errand == null
        ? doing.obey(node, command, order)
        : errand.run(members.self().name(), order);
  }

  @Override
  public void serve(String command, Errand errand) {
    errands.put(command, errand);
  }

  @Override
  public List<KnownContainer> known(String node) {
    return containers.getOrDefault(node, List.of());
  }

  @Override
  public Map<String, String> labels(String node) {
    return Map.of();
  }

  @Override
  public boolean isDrained(String node) {
    return drained.contains(node);
  }

  @Override
  public Host local() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Host> hosts() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Host host(String node) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Located locate(String reference, Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Located> locateKnown(String reference) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ContainerFact> containers() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Buffer containersJson(String node) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Creation> create(CreateOrder order, int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Creation createOn(String node, CreateOrder order) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NameClaim claimName(String name, Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Placement rank(Demand demand) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NetworkBook networks() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Hold hold(Demand demand) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void fetchImage(String image, boolean isRenewed, Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String networkOn(String node, String reference, Duration limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void listen(Consumer<JsonObject> listener) {
    throw new UnsupportedOperationException();
  }
}
