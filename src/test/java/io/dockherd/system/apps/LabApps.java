package io.dockherd.system.apps;

import io.dockherd.Await;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.records.Electorate;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Apps of a herd in a lab, as a person deals with them: said by Marathon's API, and looked for on
 * the engines themselves, which know nothing of apps.
 */
final class LabApps implements AutoCloseable {
  /** Long enough for a herd on two busy cores to do whatever it does in a test. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LabHerd herd;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  LabApps(LabHerd herd) {
    this.herd = herd;
  }

  /** A container of an app on an engine. */
  record Seen(
      int host, String name, String state, String revision, String instance, String container) {
    /** Which of the app's instances it is of. */
    String slot() {
      return instance.substring(0, instance.indexOf('-'));
    }

    boolean isRunning() {
      return state.equals("running");
    }
  }

  /** An app that sleeps, and ends at once when it is told to. */
  static JsonObject sleeper(String id, int instances) {
    return new JsonObject()
        .put("id", id)
        .put("cmd", "trap 'exit 0' TERM; sleep 100000 & wait")
        .put("cpus", 0.01)
        .put("mem", 8)
        .put("instances", instances)
        .put("portDefinitions", new JsonArray())
        .put("backoffSeconds", 0)
        .put(
            "container",
            new JsonObject()
                .put("type", "DOCKER")
                .put(
                    "docker",
                    new JsonObject().put("image", "busybox:latest").put("network", "BRIDGE")));
  }

  /** The same app in another version. */
  static JsonObject changed(JsonObject app, String version) {
    return app.copy().put("env", new JsonObject().put("VERSION", version));
  }

  /** The same app with a word on what becomes of it in a split. */
  static JsonObject onSplit(String policy, JsonObject app) {
    JsonObject labels = app.getJsonObject("labels", new JsonObject()).copy();
    return app.copy().put("labels", labels.put("io.dockherd.on-split", policy));
  }

  /** Sends a request to a host's node; the body is left out when it is empty. */
  HttpResponse<String> send(int host, String method, String path, String body) {
    return send(host, method, path, body, PATIENCE);
  }

  /** The same with a limit of one's own. */
  HttpResponse<String> send(int host, String method, String path, String body, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + herd.host(host).address() + ":" + LabHost.DOOR_PORT + path))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("host " + host + " does not answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Says what an app is to be, in the place of whatever is under way. */
  JsonObject put(int host, JsonObject app) {
    HttpResponse<String> said =
        send(host, "PUT", "/v2/apps" + app.getString("id") + "?force=true", app.encode());
    if (said.statusCode() != 200 && said.statusCode() != 201) {
      throw new AssertionError("PUT " + app.getString("id") + ": " + said.body());
    }
    return new JsonObject(said.body());
  }

  /** Says how many there are to be. */
  void scale(int host, String id, int instances) {
    put(host, new JsonObject().put("id", id).put("instances", instances));
  }

  /** Deletes an app, whatever is under way. */
  void delete(int host, String id) {
    HttpResponse<String> said = send(host, "DELETE", "/v2/apps" + id + "?force=true", "");
    if (said.statusCode() != 200) {
      throw new AssertionError("DELETE " + id + ": " + said.body());
    }
  }

  /** How a host's node sees an app. */
  JsonObject app(int host, String id) {
    HttpResponse<String> said = send(host, "GET", "/v2/apps" + id, "");
    if (said.statusCode() != 200) {
      throw new AssertionError("GET " + id + ": " + said.statusCode() + " " + said.body());
    }
    return new JsonObject(said.body()).getJsonObject("app");
  }

  /** The same with all that is known of it, in the herd's own words. */
  JsonObject view(int host, String id) {
    return new JsonObject(send(host, "GET", "/v1/apps" + id, "").body());
  }

  /** The containers of an app on those hosts' engines, in any state. */
  List<Seen> on(String id, int... hosts) {
    List<Seen> seen = new ArrayList<>();
    for (int host : hosts) {
      for (JsonObject container : herd.containersOn(host)) {
        JsonObject labels = container.getJsonObject("Labels");
        if (id.equals(labels.getString("io.dockherd.app"))) {
          seen.add(
              new Seen(
                  host,
                  container.getJsonArray("Names").getString(0).substring(1),
                  container.getString("State"),
                  labels.getString("io.dockherd.revision"),
                  labels.getString("io.dockherd.instance"),
                  container.getString("Id")));
        }
      }
    }
    return seen;
  }

  /** The ids of the containers of an app that run on those hosts. */
  Set<String> running(String id, int... hosts) {
    return on(id, hosts).stream()
        .filter(Seen::isRunning)
        .map(Seen::container)
        .collect(Collectors.toSet());
  }

  /** How many containers of each app there are on those hosts, in any state. */
  Map<String, Integer> census(int... hosts) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int host : hosts) {
      for (JsonObject container : herd.containersOn(host)) {
        String app = container.getJsonObject("Labels").getString("io.dockherd.app");
        if (app != null) {
          counts.merge(app, 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  /** The same, of all hosts that are switched on. */
  List<Seen> everywhere(String id) {
    return on(
        id,
        IntStream.rangeClosed(1, herd.lab().hosts().size())
            .filter(host -> herd.host(host).runsEngine())
            .toArray());
  }

  /** Waits until exactly so many run on those hosts, and nothing else of the app is there. */
  void awaitExactly(String id, int count, int... hosts) {
    Await.until(
        () -> id + " has exactly " + count + " and all run; there is " + on(id, hosts),
        LIMIT,
        () -> {
          List<Seen> seen = on(id, hosts);
          return seen.size() == count && seen.stream().allMatch(Seen::isRunning);
        });
  }

  /** The same, and all are of one revision. */
  void awaitOfOneRevision(String id, int count, int... hosts) {
    Await.until(
        () -> id + " has exactly " + count + " of one revision; there is " + on(id, hosts),
        LIMIT,
        () -> {
          List<Seen> seen = on(id, hosts);
          return seen.size() == count
              && seen.stream().allMatch(Seen::isRunning)
              && seen.stream().map(Seen::revision).distinct().count() == 1;
        });
  }

  /**
   * Waits until there are so many containers of each app on those hosts, and none of others. One
   * may be on the move meanwhile, from a host with many to one that is back.
   */
  void awaitCensus(Map<String, Integer> counts, int... hosts) {
    Await.until(
        () -> "there is " + counts + "; it is " + census(hosts),
        LIMIT,
        () -> census(hosts).equals(counts));
  }

  /** Waits until so many, or more, run on those hosts. */
  void awaitRunning(String id, int count, int... hosts) {
    Await.until(
        () -> id + " runs " + count + " times; there is " + on(id, hosts),
        LIMIT,
        () -> on(id, hosts).stream().filter(Seen::isRunning).count() >= count);
  }

  /** Waits until a host's node says that the app is what it is to be. */
  void awaitSettled(int host, String id) {
    Await.until(
        () -> id + " is settled; it is " + view(host, id).encode(),
        LIMIT,
        () -> {
          JsonObject app = app(host, id);
          return app.getJsonArray("deployments", new JsonArray()).isEmpty()
              && app.getInteger("tasksRunning").equals(app.getInteger("instances"));
        });
  }

  /** Waits until a host's node knows the app. */
  void awaitKnown(int host, String id) {
    Await.until(
        () -> "host " + host + " knows " + id,
        LIMIT,
        () -> send(host, "GET", "/v2/apps" + id, "").statusCode() == 200);
  }

  /** Waits until a host's node says that nothing is under way, though there may be too few. */
  void awaitQuiet(int host, String id) {
    Await.until(
        () -> id + " is quiet; it is " + app(host, id).encode(),
        LIMIT,
        () -> app(host, id).getJsonArray("deployments", new JsonArray()).isEmpty());
  }

  /** Waits until a host's node says that it is, and all its instances are healthy. */
  void awaitHealthy(int host, String id) {
    Await.until(
        () -> id + " is settled and healthy; it is " + app(host, id).encode(),
        LIMIT,
        () -> {
          JsonObject app = app(host, id);
          return app.getJsonArray("deployments", new JsonArray()).isEmpty()
              && app.getInteger("tasksHealthy").equals(app.getInteger("instances"));
        });
  }

  /** Makes an app and waits until it is there. */
  void run(int host, JsonObject app) {
    put(host, app);
    awaitSettled(host, app.getString("id"));
  }

  /** The revisions that run, each once. */
  Set<String> revisions(String id) {
    return everywhere(id).stream().map(Seen::revision).collect(Collectors.toSet());
  }

  /** The number of the host whose node is the app's steward while all three are there. */
  int steward(String id) {
    return keeper("apps" + id);
  }

  /** The number of the host whose node gives out the versions of a record while all are there. */
  int keeper(String key) {
    Electorate all =
        new Electorate(
            IntStream.rangeClosed(1, 3)
                .mapToObj(host -> new Electorate.Voter(new PeerId("" + host), "host-" + host))
                .toList());
    String name = all.steward(key).orElseThrow().name();
    return Integer.parseInt(name.substring("host-".length()));
  }

  @Override
  public void close() {
    http.close();
  }
}
