package io.dockherd.bench;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Something that keeps a number of copies running on the hosts of a lab. */
interface Orchestrator {
  /** As tables have it. */
  String name();

  /** Says that so many copies are to run; returns when that is taken, not when it is so. */
  void want(int copies) throws IOException;

  /** Says that none are to run any more and waits until none does. */
  void clear() throws IOException;

  /** The filter of an engine's list that finds its copies: {@code {"label":["a=b"]}}. */
  JsonObject filter();

  /**
   * How many copies run on those hosts, as their engines say.
   *
   * @param hosts by number
   */
  default int running(Lab lab, Set<Integer> hosts) {
    String filters =
        URLEncoder.encode(
            filter().copy().put("status", new JsonArray(List.of("running"))).encode(),
            StandardCharsets.UTF_8);
    int count = 0;
    for (int host : hosts) {
      try (Line engine = Line.unix(lab.host(host).engineSocket())) {
        byte[] listed = engine.call("GET", "/containers/json?filters=" + filters, "");
        count += new JsonArray(new String(listed, StandardCharsets.UTF_8)).size();
      } catch (IOException notNow) {
        // An engine that is just being killed has none.
      }
    }
    return count;
  }

  /** Seconds until exactly that many run on those hosts. */
  default double secondsUntil(int copies, Lab lab, Set<Integer> hosts, Duration limit) {
    long begin = System.nanoTime();
    while (running(lab, hosts) != copies) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new IllegalStateException(
            name() + " has " + running(lab, hosts) + " copies, not " + copies + ", in " + limit);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Apps of the herd, by the apps door of a host that is never killed. */
  record Herd(Lab lab) implements Orchestrator {
    private static final String PATH = "/v1/apps/bench/copies";

    @Override
    public String name() {
      return "Dockherd";
    }

    @Override
    public void want(int copies) throws IOException {
      JsonObject container =
          new JsonObject()
              .put("name", "copy")
              .put("containerName", "bench-{slot}")
              .put(
                  "document",
                  new JsonObject()
                      .put("Image", "busybox")
                      .put("Cmd", new JsonArray(List.of("sleep", "100000")))
                      .put("StopSignal", "SIGKILL"));
      JsonObject wanted =
          new JsonObject()
              .put("instances", copies)
              .put(
                  "config",
                  new JsonObject()
                      .put(
                          "pod",
                          new JsonObject().put("containers", new JsonArray(List.of(container)))));
      call("PUT", PATH + "?force=true", wanted.encode());
    }

    @Override
    public void clear() throws IOException {
      call("DELETE", PATH + "?force=true", "");
      secondsUntil(0, lab, Set.of(1, 2, 3), Duration.ofMinutes(1));
    }

    @Override
    public JsonObject filter() {
      return label("io.dockherd.app=/bench/copies");
    }

    private void call(String method, String path, String body) throws IOException {
      try (Line door = Line.tcp(lab.host(1).address(), LabHost.DOOR_PORT)) {
        door.call(method, path, body);
      }
    }
  }

  /** A service of the engines' own swarm mode: three managers, a service of replicas. */
  final class Swarm implements Orchestrator {
    private final Lab lab;
    private boolean isMade;

    /** Makes the three engines one swarm. */
    Swarm(Lab lab) {
      this.lab = lab;
      docker(1, "swarm", "init", "--advertise-addr", lab.host(1).address());
      String token = docker(1, "swarm", "join-token", "-q", "manager").strip();
      for (int host = 2; host <= 3; host++) {
        docker(
            host,
            "swarm",
            "join",
            "--token",
            token,
            "--advertise-addr",
            lab.host(host).address(),
            lab.host(1).address() + ":2377");
      }
    }

    @Override
    public String name() {
      return "swarm mode";
    }

    @Override
    public void want(int copies) {
      if (isMade) {
        docker(1, "service", "scale", "--detach", "bench=" + copies);
      } else {
        docker(
            1,
            "service",
            "create",
            "--name",
            "bench",
            "--no-resolve-image",
            "--detach",
            "--replicas",
            "" + copies,
            "--stop-signal",
            "SIGKILL",
            "busybox",
            "sleep",
            "100000");
        isMade = true;
      }
    }

    @Override
    public void clear() {
      docker(1, "service", "rm", "bench");
      isMade = false;
      secondsUntil(0, lab, Set.of(1, 2, 3), Duration.ofMinutes(1));
    }

    @Override
    public JsonObject filter() {
      return label("com.docker.swarm.service.name=bench");
    }

    private String docker(int host, String... arguments) {
      List<String> command =
          new ArrayList<>(List.of("docker", "-H", "unix://" + lab.host(host).engineSocket()));
      command.addAll(List.of(arguments));
      return Invocation.of(Duration.ofMinutes(1), command).orFail().output();
    }
  }

  private static JsonObject label(String label) {
    return new JsonObject().put("label", new JsonArray(List.of(label)));
  }
}
