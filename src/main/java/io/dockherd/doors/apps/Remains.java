package io.dockherd.doors.apps;

import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.ContainerFact;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.TimeLeft;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is left of a group on the nodes: containers on their way out, and the networks and volumes
 * of a Compose project of that name. Touches nothing that lacks the herd's label.
 */
record Remains(Fleet fleet) {
  /** For a whole call, however many things there are. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String HERD = "io.dockherd.herd";
  private static final String APP = "io.dockherd.app";
  private static final String PROJECT = "com.docker.compose.project";

  Remains {
    Objects.requireNonNull(fleet, "fleet");
  }

  /**
   * What there is, each as {@code {"node":"host-1","name":"shop_data"}}.
   *
   * @param unasked nodes that did not answer
   */
  record Found(JsonArray containers, JsonArray networks, JsonArray volumes, JsonArray unasked) {
    JsonObject json() {
      return new JsonObject()
          .put("containers", containers)
          .put("networks", networks)
          .put("volumes", volumes)
          .put("unasked", unasked);
    }
  }

  Found of(String group) {
    return of(group, TimeLeft.of(LIMIT));
  }

  private Found of(String group, TimeLeft left) {
    JsonArray unasked = new JsonArray();
    return new Found(
        containers(group),
        things(group, "networks", unasked, left),
        things(group, "volumes", unasked, left),
        unasked);
  }

  private JsonArray containers(String group) {
    JsonArray found = new JsonArray();
    for (ContainerFact fact : fleet.containers()) {
      JsonObject labels = fact.summary().getJsonObject("Labels", new JsonObject());
      String app = labels.getString(APP, "");
      boolean isOurs = fleet.herd().equals(labels.getString(HERD));
      if (isOurs && (app.equals(group) || app.startsWith(group + "/"))) {
        String name = fact.names().isEmpty() ? fact.id() : fact.names().getFirst();
        found.add(new JsonObject().put("node", fact.node()).put("name", name).put("app", app));
      }
    }
    return found;
  }

  private JsonArray things(String group, String kind, JsonArray unasked, TimeLeft left) {
    JsonObject filters =
        new JsonObject()
            .put(
                "label",
                new JsonArray()
                    .add(HERD + "=" + fleet.herd())
                    .add(PROJECT + "=" + group.substring(1)));
    EngineRequest list = EngineRequest.get(left.get(), kind).query("filters", filters.encode());
    JsonArray found = new JsonArray();
    for (EachHost.Word word : EachHost.ask(fleet.hosts(), list)) {
      if (!word.isSuccess() && !unasked.contains(word.host().node())) {
        unasked.add(word.host().node());
      }
      JsonArray all =
          word.json() instanceof JsonArray networks
              ? networks
              : word.json() instanceof JsonObject answer
                      && answer.getValue("Volumes") instanceof JsonArray volumes
                  ? volumes
                  : new JsonArray();
      for (Object thing : all) {
        String name = ((JsonObject) thing).getString("Name", "");
        found.add(new JsonObject().put("node", word.host().node()).put("name", name));
      }
    }
    return found;
  }

  /**
   * Removes them, but not containers, which go by themselves.
   *
   * @return what was removed, and what was not and why
   */
  JsonObject clear(String group, boolean alsoVolumes) {
    TimeLeft left = TimeLeft.of(LIMIT);
    Found found = of(group, left);
    if (!found.containers().isEmpty()) {
      throw new Refused(
          group,
          found.containers().size() + " containers of " + group + " are still there",
          "wait until they are gone");
    }
    JsonArray removed = new JsonArray();
    JsonArray kept = new JsonArray();
    remove("networks", found.networks(), left, removed, kept);
    if (alsoVolumes) {
      remove("volumes", found.volumes(), left, removed, kept);
    }
    return new JsonObject()
        .put("removed", removed)
        .put("kept", kept)
        .put("unasked", found.unasked());
  }

  private void remove(
      String kind, JsonArray things, TimeLeft left, JsonArray removed, JsonArray kept) {
    for (Object one : things) {
      JsonObject thing = ((JsonObject) one).copy().put("kind", kind.replaceAll("s$", ""));
      if (left.isOver()) {
        kept.add(thing.put("reason", "there was no time left for it: ask again"));
        continue;
      }
      List<Host> there = new ArrayList<>(fleet.hosts());
      there.removeIf(host -> !host.node().equals(thing.getString("node")));
      EngineRequest request = EngineRequest.delete(left.get(), kind, thing.getString("name"));
      for (EachHost.Word word : EachHost.ask(there, request)) {
        if (word.isSuccess()) {
          removed.add(thing);
        } else {
          kept.add(thing.put("reason", word.trouble()));
        }
      }
    }
  }
}
