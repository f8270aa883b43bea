package io.dockherd.doors.actions.verbs;

import io.dockherd.fleet.ContainerFact;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Pool;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNode;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A node as this one knows it: what it says of itself, of its engine and its load, how many
 * containers it has.
 *
 * <pre>
 * {"name":"host-1","address":"10.213.0.1","version":"0.1.0",…,"local":true,"inPool":true,"drained":false,
 *  "engine":{"reachable":true,…},"load":{"load1":0.5,…},"containers":4,"running":3}</pre>
 */
record NodePortrait(Fleet fleet, Members members, Facts facts, Pool pool) {
  JsonObject of(Member member) {
    String node = member.name();
    List<ContainerFact> containers =
        fleet.containers().stream().filter(fact -> fact.node().equals(node)).toList();
    return member
        .json()
        .copy()
        .put("name", node)
        .put("address", member.address())
        .put("version", member.version())
        .put("local", member.peer().equals(members.self().peer()))
        .put("state", "present")
        .put("inPool", pool.holds(node))
        .put("drained", pool.isDrained(node))
        .put("labels", labels(member))
        .put("engine", fact(FactKind.ENGINE, node))
        .put("load", fact(FactKind.LOAD, node))
        .put("containers", containers.size())
        .put("running", containers.stream().filter(NodePortrait::isRunning).count());
  }

  /**
   * A node that is known but not there.
   *
   * <pre>{"name":"host-3","state":"down","since":"2026-11-22T03:04:05Z","drained":false}</pre>
   */
  JsonObject of(KnownNode absent) {
    JsonObject json = new JsonObject().put("name", absent.name()).put("state", "down");
    if (absent.goneMillis() > 0) {
      Instant since = Instant.ofEpochMilli(absent.goneMillis()).truncatedTo(ChronoUnit.SECONDS);
      json.put("since", since.toString());
    }
    return json.put("drained", pool.isDrained(absent.name()));
  }

  /** Those it was started with, and what was said of it later over them. */
  private JsonObject labels(Member member) {
    JsonObject labels = member.json().getJsonObject("labels", new JsonObject()).copy();
    pool.labels(member.name()).forEach(labels::put);
    return labels;
  }

  private JsonObject fact(String kind, String node) {
    return facts
        .find(kind, node, FactKind.ONLY)
        .map(fact -> fact.json())
        .orElseGet(JsonObject::new);
  }

  private static boolean isRunning(ContainerFact fact) {
    return "running".equals(fact.summary().getString("State"));
  }
}
