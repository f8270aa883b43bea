package io.dockherd.engine;

import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * An engine in memory: containers that can be created, started, stopped, renamed and removed, with
 * the lists, inspects and events a real one would give, and faults at will.
 */
public final class ScriptedEngine implements Engine {
  /** A fault: what to do with a request instead of answering it. */
  private record Fault(Predicate<EngineRequest> which, EngineResponse answer) {}

  private final String name;
  private final Random random;
  private final Map<String, ScriptedContainer> containers = new LinkedHashMap<>();
  private final Map<String, JsonObject> images = new LinkedHashMap<>();
  private final Map<String, JsonObject> volumes = new LinkedHashMap<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<ScriptedFeed> feeds = new CopyOnWriteArrayList<>();
  private final List<EngineRequest> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile String hostName;
  private volatile boolean isDown;
  private volatile boolean areAtWork;
  private volatile Predicate<EngineRequest> last = none -> false;
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private final AtomicInteger made = new AtomicInteger();
  private volatile Duration pace = Duration.ZERO;
  private volatile Duration secretPace = Duration.ZERO;
  private volatile Predicate<String> registry = image -> false;

  public ScriptedEngine(String name) {
    this.name = name;
    this.hostName = name;
    this.random = new Random(name.hashCode());
    addImage("busybox:latest");
  }

  /** Its host is called that from now on. */
  public void named(String host) {
    hostName = host;
  }

  /** The image can be used from now on. */
  public void addImage(String tag) {
    addImage(tag, new JsonObject());
  }

  /** The same with labels. */
  public synchronized void addImage(String tag, JsonObject labels) {
    JsonArray tags = new JsonArray().add(tag);
    images.put(
        "sha256:" + id(),
        new JsonObject().put("RepoTags", tags).put("Size", 1000).put("Labels", labels));
    emit("image", "pull", tag, new JsonObject().put("name", tag));
  }

  /** Which images can be pulled. */
  public void registryHolds(Predicate<String> which) {
    registry = which;
  }

  /** Answers requests that fit with that status and message. */
  public void answer(Predicate<EngineRequest> which, int status, String message) {
    JsonObject body = new JsonObject().put("message", message);
    faults.add(new Fault(which, response(status, body.toBuffer())));
  }

  /** No faults any more. */
  public void behave() {
    faults.clear();
  }

  /** Each call takes that long from now on. */
  public void takes(Duration time) {
    pace = time;
  }

  /** Callers give up at their limit; the engine does it nevertheless, after that time. */
  public void takesInSecret(Duration time) {
    secretPace = time;
  }

  /** How many containers were ever created. */
  public int madeSoFar() {
    return made.get();
  }

  /** The daemon ends: connections break, events end. */
  public void stop() {
    isDown = true;
    feeds.forEach(feed -> feed.lost("the engine was stopped"));
  }

  /** The daemon ends, once, in the place of answering a call that fits. */
  public void stopBefore(Predicate<EngineRequest> which) {
    last = which;
  }

  /** Whether commands in containers go on, however long ago they were begun. */
  public void commandsGoOn(boolean goOn) {
    areAtWork = goOn;
  }

  /** The names of all images. */
  public synchronized List<String> images() {
    return images.values().stream()
        .flatMap(image -> image.getJsonArray("RepoTags", new JsonArray()).stream())
        .map(String::valueOf)
        .toList();
  }

  public boolean isDown() {
    return isDown;
  }

  /** Whether a container runs. */
  public synchronized boolean isRunning(String reference) {
    return find(reference).stream().anyMatch(ScriptedContainer::isRunning);
  }

  /** The daemon is there again. */
  public void restart() {
    isDown = false;
    feeds.forEach(ScriptedFeed::connected);
  }

  /** Every call hangs from now on; nothing breaks. */
  public void hang() {
    hanging = new CountDownLatch(1);
  }

  /** What hangs goes on. */
  public void goOn() {
    hanging.countDown();
  }

  /** A container's program ends with that code. */
  public void end(String reference, int code) {
    end(reference, code, false);
  }

  /** The same, for want of memory perhaps. */
  public synchronized void end(String reference, int code, boolean isOutOfMemory) {
    ScriptedContainer container = find(reference).getFirst();
    container.end(code, isOutOfMemory);
    emit("container", "die", container.id(), container.attributes());
  }

  /** A container's own health check says that from now on. */
  public synchronized void feels(String reference, String status) {
    ScriptedContainer container = find(reference).getFirst();
    container.feels(status);
    emit("container", "health_status: " + status, container.id(), container.attributes());
  }

  /** The daemon and all its containers are ended, and the daemon is there again. */
  public void restartWithContainers() {
    stop();
    synchronized (this) {
      containers.values().stream()
          .filter(ScriptedContainer::isRunning)
          .forEach(container -> container.end(137, false));
    }
    restart();
  }

  /** The names of all containers. */
  public synchronized List<String> names() {
    return containers.values().stream().map(ScriptedContainer::name).toList();
  }

  /** What was asked that begins so: {@code POST /containers/}. */
  public List<String> asked(String beginning) {
    return asked.stream()
        .map(request -> request.method() + " " + request.path())
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  /** The documents containers were made of, by their names. */
  public synchronized JsonObject document(String reference) {
    return find(reference).getFirst().inspect().getJsonObject("Config");
  }

  /** The stream of events breaks and stands again at once; what comes meanwhile is lost. */
  public void loseEvents(Runnable meanwhile) {
    feeds.forEach(feed -> feed.mute(true));
    meanwhile.run();
    feeds.forEach(feed -> feed.mute(false));
  }

  /** What was asked so far. */
  public List<EngineRequest> asked() {
    return asked;
  }

  /** How many calls are being answered. */
  public int underWay() {
    return underWay.get();
  }

  /** How many containers there are. */
  public synchronized int count() {
    return containers.size();
  }

  /** A container made behind everybody's back; its id. */
  public String create(String containerName) {
    JsonObject document = new JsonObject().put("Image", "busybox");
    return make(containerName, document).json().map(o -> ((JsonObject) o).getString("Id")).get();
  }

  @Override
  public EngineAddress address() {
    return new EngineAddress.Unix(Path.of("/scripted/" + name));
  }

  @Override
  public ApiVersion apiVersion() {
    return new ApiVersion(1, 41);
  }

  @Override
  public EngineResponse call(EngineRequest request) {
    asked.add(request);
    underWay.incrementAndGet();
    try {
      waitFor(request);
      for (Fault fault : faults) {
        if (fault.which.test(request)) {
          return fault.answer;
        }
      }
      if (secretPace.compareTo(request.limit()) >= 0 && !request.method().equals("GET")) {
        return doInSecret(request);
      }
      return answer(request);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private EngineResponse doInSecret(EngineRequest request) {
    Duration pause = secretPace;
    Thread.ofVirtual()
        .start(
            () -> {
              LockSupport.parkNanos(pause.toNanos());
              answer(request);
            });
    LockSupport.parkNanos(request.limit().toNanos());
    throw new TimedOut(name, "the engine at " + address() + " did not answer in time", "");
  }

  private void waitFor(EngineRequest request) {
    try {
      boolean goesOn = hanging.await(request.limit().toNanos(), TimeUnit.NANOSECONDS);
      Thread.sleep(pace.compareTo(request.limit()) < 0 ? pace : request.limit());
      if (!goesOn || pace.compareTo(request.limit()) >= 0) {
        throw new TimedOut(name, "the engine at " + address() + " did not answer in time", "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable(name, "interrupted", "", e);
    }
    if (last.test(request)) {
      last = none -> false;
      stop();
    }
    if (isDown) {
      throw new Unreachable(name, "the engine at " + address() + " can't be reached: refused", "");
    }
  }

  private EngineResponse answer(EngineRequest request) {
    String[] path = request.path().substring(1).split("/");
    return switch (request.method() + " " + path[0]) {
      case "GET info" -> json(200, info());
      case "GET images" -> path[1].equals("json") ? json(200, list(images)) : image(path);
      case "GET networks" -> json(200, new JsonArray());
      case "PUT containers" -> response(200, Buffer.buffer());
      case "POST exec" -> response(200, Buffer.buffer());
      case "GET exec" -> json(200, new JsonObject().put("Running", areAtWork).put("ExitCode", 0));
      case "POST build" -> build(request);
      case "DELETE images" -> removeImage(imageId(path));
      case "DELETE volumes" -> removeVolume(path);
      case "GET volumes" ->
          path.length > 1
              ? volume(path[1])
              : json(200, new JsonObject().put("Volumes", list(volumes, "Name")));
      case "POST volumes" -> makeVolume(request);
      case "POST images" -> changeImages(request, path);
      case "GET containers", "POST containers", "DELETE containers" -> container(request, path);
      default -> notFound("page not found");
    };
  }

  private synchronized EngineResponse container(EngineRequest request, String[] path) {
    if (path[1].equals("json")) {
      return listContainers(request);
    }
    if (path[1].equals("create")) {
      String wanted = request.query().getOrDefault("name", List.of("")).getFirst();
      return make(wanted, ((EngineRequest.Body.Bytes) request.body()).bytes().toJsonObject());
    }
    List<ScriptedContainer> found = find(path[1]);
    if (found.isEmpty()) {
      return notFound("No such container: " + path[1]);
    }
    ScriptedContainer container = found.getFirst();
    if (request.method().equals("DELETE")) {
      boolean forced = request.query().containsKey("force");
      if (container.isRunning() && !forced) {
        return json(409, new JsonObject().put("message", "You cannot remove a running container"));
      }
      containers.remove(container.id());
      emit("container", "destroy", container.id(), container.attributes());
      return response(204, Buffer.buffer());
    }
    if (path[2].equals("json")) {
      return json(200, container.inspect());
    }
    if (path[2].equals("logs")) {
      return response(200, Buffer.buffer("said by " + container.name() + "\n"));
    }
    if (path[2].equals("exec")) {
      return json(201, new JsonObject().put("Id", "exec-" + container.id()));
    }
    if (path[2].equals("rename")) {
      container.rename(request.query().get("name").getFirst());
    } else if (!container.act(path[2])) {
      return response(304, Buffer.buffer());
    }
    String action = path[2].equals("stop") || path[2].equals("kill") ? "die" : path[2];
    emit("container", action, container.id(), container.attributes());
    return response(204, Buffer.buffer());
  }

  private List<ScriptedContainer> find(String reference) {
    return containers.values().stream()
        .filter(c -> c.id().startsWith(reference) || c.name().equals(reference))
        .toList();
  }

  private EngineResponse listContainers(EngineRequest request) {
    List<String> only = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    if (request.query().containsKey("filters")) {
      JsonObject filters = new JsonObject(request.query().get("filters").getFirst());
      filters.getJsonArray("id", new JsonArray()).forEach(id -> only.add((String) id));
      filters.getJsonArray("label", new JsonArray()).forEach(each -> labels.add((String) each));
    }
    JsonArray list = new JsonArray();
    for (ScriptedContainer container : containers.values().stream().toList().reversed()) {
      boolean isWanted = only.isEmpty() || only.contains(container.id());
      if (isWanted && labels.stream().allMatch(container::hasLabel)) {
        list.add(container.entry());
      }
    }
    return json(200, list);
  }

  private synchronized EngineResponse make(String wanted, JsonObject document) {
    String image = document.getString("Image", "");
    String tag = image.contains(":") ? image : image + ":latest";
    if (images.values().stream().noneMatch(i -> i.getJsonArray("RepoTags").contains(tag))) {
      return notFound("No such image: " + tag);
    }
    String id = id();
    String called = wanted.isEmpty() ? "quick_" + id.substring(0, 6) : wanted;
    if (containers.values().stream().anyMatch(c -> c.name().equals(called))) {
      return json(409, new JsonObject().put("message", "Conflict. The container name is in use"));
    }
    ScriptedContainer container = new ScriptedContainer(id, called, document);
    containers.put(id, container);
    made.incrementAndGet();
    emit("container", "create", id, container.attributes());
    return json(201, new JsonObject().put("Id", id).put("Warnings", new JsonArray()));
  }

  private synchronized EngineResponse volume(String name) {
    return volumes.containsKey(name)
        ? json(200, volumes.get(name))
        : notFound("no such volume: " + name);
  }

  private synchronized EngineResponse removeVolume(String[] path) {
    return volumes.remove(path[1]) == null
        ? notFound("no such volume: " + path[1])
        : response(204, Buffer.buffer());
  }

  private synchronized EngineResponse makeVolume(EngineRequest request) {
    JsonObject volume = ((EngineRequest.Body.Bytes) request.body()).bytes().toJsonObject();
    volumes.put(volume.getString("Name"), volume);
    return json(201, volume);
  }

  private EngineResponse changeImages(EngineRequest request, String[] path) {
    return switch (path[path.length - 1]) {
      case "create" -> pull(request);
      case "load" -> load(request);
      case "tag" -> tag(request, path);
      default -> notFound("page not found");
    };
  }

  private static String imageId(String[] path) {
    return URLDecoder.decode(path[1], StandardCharsets.UTF_8);
  }

  /** Of a name or an id: what inspect says, or all of it, packed as JSON. */
  private synchronized EngineResponse image(String[] path) {
    String reference = imageId(path);
    for (Map.Entry<String, JsonObject> image : images.entrySet()) {
      JsonArray tags = image.getValue().getJsonArray("RepoTags", new JsonArray());
      boolean isNamed = tags.contains(reference) || tags.contains(reference + ":latest");
      if (image.getKey().equals(reference) || isNamed) {
        JsonObject id = new JsonObject().put("Id", image.getKey());
        return json(200, path[2].equals("get") ? id.put("packed", true) : id);
      }
    }
    return notFound("No such image: " + reference);
  }

  private static Buffer drain(EngineRequest request) {
    CompletableFuture<Buffer> whole = new CompletableFuture<>();
    Buffer all = Buffer.buffer();
    var source = ((EngineRequest.Body.Stream) request.body()).source();
    source.exceptionHandler(whole::completeExceptionally);
    source.endHandler(end -> whole.complete(all));
    source.handler(all::appendBuffer);
    source.resume();
    return whole.join();
  }

  private EngineResponse load(EngineRequest request) {
    String id = drain(request).toJsonObject().getString("Id");
    synchronized (this) {
      images.putIfAbsent(id, new JsonObject().put("RepoTags", new JsonArray()).put("Size", 1000));
    }
    return response(200, Buffer.buffer("{\"stream\":\"Loaded image ID: " + id + "\"}\n"));
  }

  private synchronized EngineResponse tag(EngineRequest request, String[] path) {
    JsonObject image = images.get(imageId(path));
    if (image == null) {
      return notFound("No such image: " + imageId(path));
    }
    String tag =
        request.query().get("repo").getFirst() + ":" + request.query().get("tag").getFirst();
    image.getJsonArray("RepoTags").add(tag);
    emit("image", "tag", tag, new JsonObject().put("name", tag));
    return response(201, Buffer.buffer());
  }

  private EngineResponse build(EngineRequest request) {
    drain(request);
    addImage(
        request.query().get("t").getFirst(),
        new JsonObject(request.query().get("labels").getFirst()));
    return response(200, Buffer.buffer("{\"stream\":\"Successfully built\"}\r\n"));
  }

  private synchronized EngineResponse removeImage(String reference) {
    images
        .values()
        .removeIf(image -> image.getJsonArray("RepoTags", new JsonArray()).contains(reference));
    return json(200, new JsonArray());
  }

  private EngineResponse pull(EngineRequest request) {
    String tag =
        request.query().get("fromImage").getFirst() + ":" + request.query().get("tag").getFirst();
    if (!registry.test(tag)) {
      return notFound("pull access denied for " + tag);
    }
    addImage(tag);
    return response(
        200,
        Buffer.buffer(
            "{\"status\":\"Pulling from x\",\"id\":\"latest\"}\r\n{\"status\":\"Download"
                + " complete\",\"id\":\"a1\"}\r\n"));
  }

  @Override
  public EngineStream stream(EngineRequest request) {
    return EngineStream.of(call(request));
  }

  @Override
  public Hijack hijack(EngineRequest request) {
    return new Hijack.Declined(call(request));
  }

  @Override
  public EventFeed follow(Instant since, EngineEventListener listener) {
    ScriptedFeed feed = new ScriptedFeed(listener);
    feeds.add(feed);
    if (isDown) {
      feed.lost("the engine is not there");
    } else {
      feed.connected();
    }
    return feed;
  }

  private void emit(String type, String action, String id, JsonObject attributes) {
    feeds.forEach(feed -> feed.event(type, action, id, attributes));
  }

  private JsonObject info() {
    return new JsonObject()
        .put("ID", "ENGINE:" + name)
        .put("Name", hostName)
        .put("NCPU", 4)
        .put("MemTotal", 8L << 30)
        .put("ServerVersion", "20.10.24")
        .put("Labels", new JsonArray().add("zone=a"));
  }

  private static JsonArray list(Map<String, JsonObject> entries) {
    return list(entries, "Id");
  }

  private static JsonArray list(Map<String, JsonObject> entries, String key) {
    JsonArray list = new JsonArray();
    entries.forEach((id, entry) -> list.add(entry.copy().put(key, id)));
    return list;
  }

  private String id() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static EngineResponse notFound(String message) {
    return json(404, new JsonObject().put("message", message));
  }

  private static EngineResponse json(int status, JsonObject body) {
    return response(status, body.toBuffer());
  }

  private static EngineResponse json(int status, JsonArray body) {
    return response(status, body.toBuffer());
  }

  private static EngineResponse response(int status, Buffer body) {
    return new EngineResponse(
        status, List.of(new EngineResponse.Header("Content-Type", "application/json")), body);
  }

  @Override
  public void close() {
    feeds.forEach(ScriptedFeed::close);
  }
}
