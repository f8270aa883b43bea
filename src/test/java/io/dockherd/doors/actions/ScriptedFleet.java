package io.dockherd.doors.actions;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Hijack;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Unreachable;
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
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Placement;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A fleet of nodes whose engines answer as a test says; remembers what they were asked. */
public final class ScriptedFleet implements Fleet {
  private final Map<String, Errand> errands = new HashMap<>();

  /** What an engine does with a request: node and request → answer, or a failure thrown. */
  public interface Script extends BiFunction<String, EngineRequest, EngineResponse> {}

  /** A request and the node whose engine got it. */
  public record Asked(String node, EngineRequest request) {
    /** As {@code host-1 POST /containers/abc/stop?t=5}. */
    public String line() {
      return node + " " + request.method() + " " + request.target();
    }

    /** The JSON that was sent; empty when none was. */
    public JsonObject body() {
      return request.body() instanceof EngineRequest.Body.Bytes(String type, Buffer bytes)
          ? bytes.toJsonObject()
          : new JsonObject();
    }
  }

  /** An order for containers and how many; {@code node} is "" when any would do. */
  public record Ordered(String node, CreateOrder order, int count) {}

  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  public final List<Ordered> ordered = new CopyOnWriteArrayList<>();
  public final List<ContainerFact> containers = new CopyOnWriteArrayList<>();
  public final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();

  /** The networks some node was to have: {@code host-1 app}. */
  public final List<String> networked = new CopyOnWriteArrayList<>();

  public final List<String> unreachable = new CopyOnWriteArrayList<>();
  public volatile Optional<NetworkBook> networks = Optional.empty();
  private final List<String> nodes;
  private final Map<String, Integer> made = new HashMap<>();
  public volatile Script script = (node, request) -> json(200, "{}");
  public volatile BiFunction<String, CreateOrder, Creation> creator = this::created;

  /** The first of the nodes is the local one. */
  public ScriptedFleet(String... nodes) {
    this.nodes = List.of(nodes);
  }

  /** An answer with a JSON body. */
  public static EngineResponse json(int status, String body) {
    return new EngineResponse(
        status,
        List.of(
            new EngineResponse.Header("Content-Type", "application/json"),
            new EngineResponse.Header("Date", "Tue, 18 Nov 2014 11:43:59 GMT")),
        Buffer.buffer(body));
  }

  /** An answer with neither body nor type. */
  public static EngineResponse empty(int status) {
    return new EngineResponse(
        status,
        List.of(new EngineResponse.Header("Date", "Tue, 18 Nov 2014 11:43:59 GMT")),
        Buffer.buffer());
  }

  /** A container is there. */
  public ScriptedFleet with(String node, String id, String... names) {
    containers.add(
        new ContainerFact(
            node, id, List.of(names), new JsonObject().put("Id", id).put("State", "running")));
    return this;
  }

  private synchronized Creation created(String node, CreateOrder order) {
    int number = made.merge(node, 1, Integer::sum);
    String id = String.format("%64s", node.hashCode() + "" + number).replace(' ', '0');
    String id64 = id.replace('-', 'f');
    return new Creation.Created(
        node, id64, json(201, "{\"Id\":\"" + id64 + "\",\"Warnings\":null}"), List.of());
  }

  @Override
  public String herd() {
    return "deblox";
  }

  @Override
  public Host local() {
    return host(nodes.getFirst());
  }

  @Override
  public List<Host> hosts() {
    return nodes.stream().sorted().map(this::host).toList();
  }

  @Override
  public Host host(String node) {
    if (!nodes.contains(node)) {
      throw new NotFound(node, "there is no node '" + node + "'", "");
    }
    return new ScriptedHost(node);
  }

  @Override
  public Located locate(String reference, Duration limit) {
    List<ContainerFact> fits =
        containers.stream()
            .filter(
                fact ->
                    fact.id().startsWith(reference)
                        || fact.names().contains(reference)
                        || fact.names().stream()
                            .anyMatch(name -> reference.equals(fact.node() + "/" + name)))
            .toList();
    if (fits.isEmpty()) {
      throw new NotFound(reference, "there is no container '" + reference + "'", "");
    }
    if (fits.size() > 1) {
      throw new Ambiguous(
          reference,
          fits.stream().map(fact -> fact.node() + "/" + fact.names().getFirst()).toList());
    }
    return new Located(host(fits.getFirst().node()), fits.getFirst().id());
  }

  @Override
  public Optional<Located> locateKnown(String reference) {
    try {
      return Optional.of(locate(reference, Duration.ZERO));
    } catch (NotFound | Ambiguous e) {
      return Optional.empty();
    }
  }

  @Override
  public List<ContainerFact> containers() {
    return containers.stream().sorted(Comparator.comparing(ContainerFact::node)).toList();
  }

  @Override
  public List<KnownContainer> known(String node) {
    return containers().stream()
        .filter(fact -> fact.node().equals(node))
        .map(ScriptedFleet::known)
        .toList();
  }

  private static KnownContainer known(ContainerFact fact) {
    JsonObject status = new JsonObject().put("state", fact.summary().getString("State"));
    return KnownContainer.of(
        new JsonObject()
            .put("created", fact.summary().getLong("Created", 0L))
            .put("status", status)
            .put("entry", fact.summary().copy().put("Status", ""))
            .toBuffer());
  }

  @Override
  public boolean isDrained(String node) {
    return false;
  }

  @Override
  public Map<String, String> labels(String node) {
    return Map.of();
  }

  @Override
  public Buffer containersJson(String node) {
    if (unreachable.contains(node)) {
      throw new Unreachable(node, "the engine of " + node + " does not answer", "look after it");
    }
    return new JsonArray(
            containers().stream()
                .filter(fact -> fact.node().equals(node))
                .map(ContainerFact::summary)
                .toList())
        .toBuffer();
  }

  @Override
  public List<Creation> create(CreateOrder order, int count) {
    ordered.add(new Ordered("", order, count));
    List<Creation> creations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      creations.add(creator.apply(nodes.get(i % nodes.size()), order));
    }
    return creations;
  }

  @Override
  public Creation createOn(String node, CreateOrder order) {
    ordered.add(new Ordered(node, order, 1));
    return creator.apply(node, order);
  }

  @Override
  public Placement rank(Demand demand) {
    return new Placement(nodes, Map.of(), List.of());
  }

  @Override
  public List<NodeLoad> loads() {
    return nodes.stream().map(node -> NodeLoad.unavailable(node, "is scripted")).toList();
  }

  @Override
  public Hold hold(Demand demand) {
    return () -> {};
  }

  @Override
  public void fetchImage(String image, boolean isRenewed, Duration limit) {
    throw new UnsupportedOperationException(image);
  }

  @Override
  public void serve(String command, Errand errand) {
    errands.put(command, errand);
  }

  @Override
  public JsonObject order(String node, String command, JsonObject order, Duration limit) {
    return errands.get(command).run(node, order);
  }

  @Override
  public NameClaim claimName(String name, Duration limit) {
    return new NameClaim() {
      @Override
      public void taken() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public NetworkBook networks() {
    return networks.orElseThrow(() -> new UnsupportedOperationException("has no networks"));
  }

  @Override
  public String networkOn(String node, String reference, Duration limit) {
    networked.add(node + " " + reference);
    return reference + " on " + node;
  }

  @Override
  public void listen(Consumer<JsonObject> listener) {
    listeners.add(listener);
  }

  private final class ScriptedHost implements Host {
    private final String node;

    private ScriptedHost(String node) {
      this.node = node;
    }

    @Override
    public String node() {
      return node;
    }

    @Override
    public boolean isLocal() {
      return node.equals(nodes.getFirst());
    }

    @Override
    public EngineResponse call(EngineRequest request) {
      asked.add(new Asked(node, request));
      return script.apply(node, request);
    }

    @Override
    public EngineStream stream(EngineRequest request) {
      return EngineStream.of(call(request));
    }

    @Override
    public Hijack hijack(EngineRequest request) {
      return new Hijack.Declined(call(request));
    }
  }
}
