package io.dockherd.doors.actions;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.access.Identity;
import io.dockherd.doors.Answer;
import io.dockherd.doors.Call;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.bus.ActionsBus;
import io.dockherd.doors.actions.templates.TemplateFiles;
import io.dockherd.doors.actions.templates.Templates;
import io.dockherd.doors.actions.verbs.Catalog;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Pool;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The actions door of one node, {@code host-1} of {@code deblox}, over a scripted fleet. */
public final class ActionsLab implements AutoCloseable {
  public final ScriptedFleet fleet = new ScriptedFleet("host-1", "host-2", "host-3");
  public final FixedMembers members = new FixedMembers("host-1", "host-2", "host-3");
  public final MemoryFacts facts = new MemoryFacts("host-1");
  public final MemoryRecords records = new MemoryRecords();
  public final ActionSettings settings;

  /** The new containers an answer waited for, when there is no bus. */
  public final List<Creation.Created> awaited = new CopyOnWriteArrayList<>();

  public final Actions actions;
  public final ActionsDoor door;
  private final InstantSource clock = () -> Instant.parse("2014-11-18T11:43:59Z");
  private final RequestIds ids = new RequestIds(new Random(1));
  private Vertx vertx;
  private FrontDoor front;
  private ActionsBus bus;
  private int port;

  public ActionsLab() {
    this(Path.of("/nonexistent"));
  }

  public ActionsLab(Path templates) {
    this(templates, ActionSettings.of("deblox"));
  }

  public ActionsLab(Path directory, ActionSettings settings) {
    this.settings = settings;
    Templates templates = new Templates(records, new TemplateFiles(directory));
    this.actions =
        new Actions(
            settings,
            Gate.EVERYTHING,
            new Audit(),
            Catalog.of(
                settings,
                fleet,
                members,
                new KnownNodes(members, records, clock),
                facts,
                new Pool(records),
                templates,
                (made, limit) -> awaited.addAll(made),
                clock));
    this.door = new ActionsDoor(actions);
  }

  /** Short limits, so that what hangs is answered soon. */
  public static ActionSettings hasty() {
    return new ActionSettings(
        "deblox",
        Duration.ofMillis(200),
        Duration.ofMillis(300),
        Duration.ofMillis(300),
        Duration.ofMillis(100),
        Map.of(),
        1_000,
        8);
  }

  /** Limits no machine is too slow for, but few places and a quick heartbeat. */
  public static ActionSettings patient() {
    return new ActionSettings(
        "deblox",
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofMillis(100),
        Map.of(),
        1_000,
        8);
  }

  /** Does a request without any network. */
  public Reply perform(String request) {
    return perform(request, Arrival.ANYWHERE);
  }

  /** The same, having come in on an address. */
  public Reply perform(String request, Arrival arrival) {
    Call call =
        new Call(
            "r1",
            new Identity("tester", "test", "here"),
            "POST",
            "/",
            "",
            MultiMap.caseInsensitiveMultiMap(),
            Buffer.buffer(request),
            early -> {});
    if (!arrival.equals(Arrival.ANYWHERE)) {
      return actions.perform(new JsonObject(request), arrival, call.who(), "r1", early -> {});
    }
    try {
      Answer answer = door.answer(call);
      return new Reply(answer.status(), answer.body());
    } catch (Failure e) {
      return Actions.failed("r1", e);
    }
  }

  /** The answer to a request, parsed. */
  public JsonObject answer(String request) {
    return perform(request).body().toJsonObject();
  }

  /** The requests the engines got, one line each. */
  public List<String> asked() {
    return fleet.asked.stream().map(ScriptedFleet.Asked::line).toList();
  }

  /** Opens the HTTP door on loopback. */
  public ActionsLab listen() {
    return listen(DoorLimits.DEFAULT);
  }

  /** The same with other limits. */
  public ActionsLab listen(DoorLimits limits) {
    front = new FrontDoor(vertx(), limits, ids, Set.of("host-1"), List.of(door));
    port = front.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
    return this;
  }

  /** Opens the bus side. */
  public ActionsLab openBus() {
    bus = new ActionsBus(vertx(), settings, fleet, members, facts, ids);
    bus.open(actions);
    return this;
  }

  public Vertx vertx() {
    if (vertx == null) {
      vertx = Vertx.vertx();
    }
    return vertx;
  }

  public FrontDoor front() {
    return front;
  }

  public int port() {
    return port;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Posts a body to {@code /}. */
  public HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri())
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Sends over the bus and waits for the answer. */
  public JsonObject send(String address, Object message) throws Exception {
    Object body =
        vertx()
            .eventBus()
            .request(address, message)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .body();
    return (JsonObject) body;
  }

  @Override
  public void close() {
    if (bus != null) {
      bus.close();
    }
    if (front != null) {
      front.close();
    }
    actions.close();
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
