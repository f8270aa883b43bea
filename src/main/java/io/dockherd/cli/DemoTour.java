package io.dockherd.cli;

import io.dockherd.failure.Refused;
import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The first steps on a fresh herd, done through its door: four containers, and what to try next.
 */
final class DemoTour {
  private static final int CONTAINERS = 4;

  /** A web server that says which container answers; any free port of its host leads to it. */
  private static final JsonObject WEB_SERVER =
      new JsonObject()
          .put("Image", "busybox")
          .put(
              "Cmd",
              new JsonArray(
                  List.of(
                      "sh",
                      "-c",
                      "echo hello from $HOSTNAME > /var/www/index.html;"
                          + " exec httpd -f -p 80 -h /var/www")))
          .put("ExposedPorts", new JsonObject().put("80/tcp", new JsonObject()))
          .put("StopSignal", "SIGKILL")
          .put("HostConfig", new JsonObject().put("PublishAllPorts", true));

  private final Lab lab;

  DemoTour(Lab lab) {
    this.lab = lab;
  }

  void walk() {
    try (DoorClient door = new DoorClient(door(lab.host(1)))) {
      List<String> ids = create(door);
      ids.forEach(id -> started(door, id));
      print("");
      print("One Docker of " + lab.hosts().size() + " hosts:");
      lab.hosts().forEach(host -> print("  " + host.name() + "  " + door(host)));
      print(
          "  "
              + lab.host(1).name()
              + " also answers at http://127.0.0.1:"
              + LabHost.DOOR_PORT
              + "/");
      print(
          "Any of them is Docker: docker -H tcp://"
              + lab.host(1).address()
              + ":"
              + LabHost.DOCKER_PORT
              + " ps");
      print("");
      print("Containers, created through " + lab.host(1).name() + ":");
      ids.forEach(id -> print("  " + where(door, id)));
      suggest(ids.getLast());
    }
  }

  private List<String> create(DoorClient door) {
    JsonObject request =
        new JsonObject()
            .put("action", "create-container")
            .put("body", WEB_SERVER)
            .put("instances", CONTAINERS);
    JsonObject answer = door.post(request);
    List<String> ids =
        answer.getJsonArray("containers", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .filter(container -> body(container).containsKey("Id"))
            .map(container -> body(container).getString("Id").substring(0, 12))
            .toList();
    if (ids.size() < CONTAINERS) {
      throw new Refused("create-container", "not all containers were created: " + answer, "");
    }
    return ids;
  }

  private static void started(DoorClient door, String id) {
    JsonObject answer = door.post(new JsonObject().put("action", "start-container").put("id", id));
    if (answer.getInteger("statusCode", 0) / 100 != 2) {
      throw new Refused(id, "the container " + id + " was not started: " + answer, "");
    }
  }

  private String where(DoorClient door, String id) {
    JsonObject answer =
        door.post(new JsonObject().put("action", "inspect-container").put("id", id));
    String node = answer.getString("dockerInstance");
    String address =
        lab.hosts().stream()
            .filter(host -> host.name().equals(node))
            .map(LabHost::address)
            .findFirst()
            .orElse(node);
    JsonObject ports = body(answer).getJsonObject("NetworkSettings").getJsonObject("Ports");
    String urls =
        ports.stream()
            .map(Map.Entry::getValue)
            .map(JsonArray.class::cast)
            .map(bindings -> bindings.getJsonObject(0).getString("HostPort"))
            .map(port -> "http://" + address + ":" + port + "/")
            .collect(Collectors.joining(" "));
    return id + "  on " + node + "  " + urls;
  }

  private void suggest(String id) {
    print("");
    print("Try:");
    tryPost(1, "{\"action\":\"list-containers\",\"all\":true}");
    tryPost(lab.hosts().size(), "{\"action\":\"inspect-container\",\"id\":\"" + id + "\"}");
    tryPost(1, "{\"action\":\"stop-container\",\"id\":\"" + id + "\"}");
    tryPost(1, "{\"action\":\"list-nodes\"}");
    print("Break and mend it (in another terminal):");
    for (String command : List.of("cut 1 2", "heal", "kill 2", "start 2")) {
      print("  " + Self.NAME + " demo " + command);
    }
  }

  private void tryPost(int host, String request) {
    print("  curl -d '" + request + "' " + door(lab.host(host)));
  }

  private static JsonObject body(JsonObject envelope) {
    return envelope.getValue("Response") instanceof JsonObject response
            && response.getValue("Body") instanceof JsonObject body
        ? body
        : new JsonObject();
  }

  private static URI door(LabHost host) {
    return URI.create("http://" + host.address() + ":" + LabHost.DOOR_PORT + "/");
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
