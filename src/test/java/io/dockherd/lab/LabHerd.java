package io.dockherd.lab;

import io.dockherd.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The shared lab as tests meet it: its hosts, and the herd their nodes make. */
public final class LabHerd implements AutoCloseable {
  private static final Duration HEALTHY = Duration.ofSeconds(90);

  private final Lab lab;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  LabHerd(Lab lab) {
    this.lab = lab;
  }

  /** The lab, for what breaks hosts and cables. */
  public Lab lab() {
    return lab;
  }

  /** The host of that number, counted from 1. */
  public LabHost host(int number) {
    return lab.host(number);
  }

  /** Sends a request to the actions door of a host's node and answers the response's JSON. */
  public JsonObject post(int host, JsonObject request) {
    return new JsonObject(exchange(host, request.encode()).body());
  }

  /** Sends anything to the actions door of a host's node. */
  public HttpResponse<String> exchange(int host, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + host(host).address() + ":" + LabHost.DOOR_PORT + "/"))
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(host(host).name() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs the docker command through the Docker door of a host's node. */
  public Invocation docker(int host, String... arguments) {
    String[] command =
        Stream.concat(
                Stream.of("docker", "--host", "tcp://" + dockerAddress(host)), Stream.of(arguments))
            .toArray(String[]::new);
    return Invocation.attempt(command);
  }

  /** The Docker door of a host's node, as {@code 10.213.1.1:2375}. */
  public String dockerAddress(int host) {
    return host(host).address() + ":" + LabHost.DOCKER_PORT;
  }

  /** The names of the nodes a host's node sees. */
  public List<String> nodesSeenBy(int host) {
    JsonArray nodes =
        post(host, new JsonObject().put("action", "list-nodes")).getJsonArray("nodes");
    return nodes.stream().map(node -> ((JsonObject) node).getString("name")).sorted().toList();
  }

  /** Returns when every running node sees that many nodes. */
  public void awaitMembers(int count) {
    awaitMembers(count, HEALTHY);
  }

  /** The same with a limit of one's own. */
  public void awaitMembers(int count, Duration limit) {
    Await.until(
        "every node sees " + count + " nodes",
        limit,
        () ->
            lab.hosts().stream()
                .filter(LabHost::runsNode)
                .allMatch(host -> seesMembers(host.plan().number(), count)));
  }

  /** Returns when every running node knows what the engine of every running node has. */
  public void awaitEngines() {
    List<LabHost> running = lab.hosts().stream().filter(LabHost::runsNode).toList();
    Await.until(
        "every node knows " + running.size() + " engines",
        HEALTHY,
        () -> running.stream().allMatch(host -> reaches(host.plan().number(), running.size())));
  }

  private boolean reaches(int host, int count) {
    try {
      JsonObject nodes = post(host, new JsonObject().put("action", "list-nodes"));
      return nodes.getJsonArray("nodes").stream()
              .map(node -> ((JsonObject) node).getJsonObject("engine", new JsonObject()))
              .filter(engine -> engine.getBoolean("reachable", false))
              .count()
          == count;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private boolean seesMembers(int host, int count) {
    try {
      return nodesSeenBy(host).size() == count;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  /**
   * Cuts a host off from all others whose nodes run, and returns when neither side sees the other.
   */
  public void isolate(int number) {
    List<Integer> others =
        lab.hosts().stream()
            .filter(LabHost::runsNode)
            .map(host -> host.plan().number())
            .filter(other -> other != number)
            .toList();
    others.forEach(other -> lab.cut(number, other));
    Await.until(
        "the sides see each other no more",
        HEALTHY,
        () ->
            seesMembers(number, 1)
                && others.stream().allMatch(other -> seesMembers(other, others.size())));
  }

  /** All engines up, all cables whole, nothing on any engine but the image. */
  void restoreEngines() {
    lab.healAll();
    lab.onAll(
        host -> {
          host.thawEngine();
          host.thawNode();
          host.boot();
          removeEverything(host);
        });
  }

  /** All nodes up, of one herd, and none still counts what a test before had left. */
  void restoreNodes() {
    lab.hosts().forEach(LabHost::startNode);
    lab.hosts().forEach(host -> host.awaitNode(HEALTHY));
    awaitMembers(lab.hosts().size());
    deleteApps();
    Await.until(
        "every node knows that every engine is empty",
        HEALTHY,
        () -> lab.hosts().stream().allMatch(host -> seesNoContainers(host.plan().number())));
  }

  /** What a test that failed has left would come again and again. */
  private void deleteApps() {
    JsonArray apps = new JsonObject(apps("GET", "").body()).getJsonArray("apps", new JsonArray());
    for (Object app : apps) {
      apps("DELETE", ((JsonObject) app).getString("path") + "?force=true");
    }
  }

  private HttpResponse<String> apps(String method, String path) {
    String door = "http://" + host(1).address() + ":" + LabHost.DOOR_PORT + "/v1/apps" + path;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(door))
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(host(1).name() + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean seesNoContainers(int host) {
    JsonObject all = post(host, new JsonObject().put("action", "list-containers").put("all", true));
    return all.getJsonArray("containers").stream()
        .allMatch(
            entry ->
                ((JsonObject) entry).getValue("Response") instanceof JsonObject listed
                    && listed.getValue("Body") instanceof JsonArray body
                    && body.isEmpty());
  }

  private static void removeEverything(LabHost host) {
    EngineSocket engine = new EngineSocket(host.engineSocket());
    for (Object container : array(engine.call("GET", "/containers/json?all=1"))) {
      String id = ((JsonObject) container).getString("Id");
      engine.call("DELETE", "/containers/" + id + "?force=1&v=1");
    }
    engine.call("POST", "/volumes/prune");
    engine.call("POST", "/networks/prune");
    for (Object image : array(engine.call("GET", "/images/json"))) {
      removeImage(engine, (JsonObject) image);
    }
  }

  /** Everything but the image every host of a lab has. */
  private static void removeImage(EngineSocket engine, JsonObject image) {
    boolean isKept = false;
    for (Object tag : image.getJsonArray("RepoTags", new JsonArray())) {
      if (tag.equals("busybox:latest")) {
        isKept = true;
      } else if (!tag.equals("<none>:<none>")) {
        engine.call("DELETE", "/images/" + tag + "?force=1");
      }
    }
    if (!isKept) {
      engine.call("DELETE", "/images/" + image.getString("Id") + "?force=1");
    }
  }

  /** The containers on a host's engine, asked straight: what the engine's list says of each. */
  public List<JsonObject> containersOn(int host) {
    EngineSocket engine = new EngineSocket(host(host).engineSocket());
    return array(engine.call("GET", "/containers/json?all=1")).stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static JsonArray array(String answer) {
    return new JsonArray(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  @Override
  public void close() {
    http.close();
    lab.close();
  }
}
