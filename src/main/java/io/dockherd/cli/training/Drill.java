package io.dockherd.cli.training;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One call made over and over, until the JVM has seen enough of it to know how to compile it: the
 * start-up cache keeps that knowledge, and a node need not gather it anew while people wait.
 */
record Drill(int port, String method, String path, String body, int times) {
  /** As often as it takes the JVM to have looked at a method and compiled it in earnest. */
  private static final int OFTEN = 3000;

  /** Changes take longer and share most of their way with reads. */
  private static final int LESS_OFTEN = 600;

  /** What moves megabytes runs its loops long enough with fewer calls. */
  private static final int SELDOM = 60;

  /** A busy machine learns less: no build is to wait for it. */
  private static final Duration LONGEST = Duration.ofMillis(1500);

  private static final String NOTHING = "";
  private static final String MEGABYTES = " ".repeat(2 << 20);

  /**
   * What a node does most: reads, copies and short-lived containers, of its own engine and of
   * another's.
   *
   * @param actions the port of the actions door
   * @param docker the port of the Docker door
   */
  static List<Drill> all(int actions, int docker, List<TrainingContainer> containers) {
    List<Drill> all = new ArrayList<>();
    all.add(get(docker, "/_ping", OFTEN));
    all.add(get(docker, "/v1.41/containers/json?all=1", OFTEN));
    all.add(action(actions, "{\"action\":\"list-containers\",\"all\":true}", OFTEN));
    for (TrainingContainer container : containers) {
      String path = "/v1.41/containers/" + container.name();
      all.add(get(docker, path + "/json", OFTEN));
      all.add(
          action(
              actions,
              "{\"action\":\"inspect-container\",\"id\":\"" + container.name() + "\"}",
              OFTEN));
      all.add(get(docker, path + "/archive?path=/file", SELDOM));
      all.add(new Drill(docker, "PUT", path + "/archive?path=/", MEGABYTES, SELDOM));
      all.add(get(docker, path + "/logs?stdout=1", SELDOM));
      all.add(new Drill(docker, "POST", path + "/start", NOTHING, LESS_OFTEN));
      all.add(new Drill(docker, "POST", path + "/wait", NOTHING, LESS_OFTEN));
      all.add(new Drill(docker, "DELETE", path, NOTHING, LESS_OFTEN));
    }
    String create = "{\"Image\":\"busybox\",\"Cmd\":[\"true\"]}";
    all.add(new Drill(docker, "POST", "/v1.41/containers/create", create, LESS_OFTEN));
    return all;
  }

  private static Drill get(int port, String path, int times) {
    return new Drill(port, "GET", path, NOTHING, times);
  }

  private static Drill action(int port, String request, int times) {
    return new Drill(port, "POST", "/", request, times);
  }

  /** Goes through it. */
  void run() throws IOException {
    long end = System.nanoTime() + LONGEST.toNanos();
    try (TrainingCaller caller = new TrainingCaller(port)) {
      for (int i = 0; i < times && System.nanoTime() - end < 0; i++) {
        caller.call(method, path, body);
      }
    }
  }
}
