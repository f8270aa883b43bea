package io.dockherd.fleet;

import io.dockherd.fleet.requests.PlatformReader;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.HostLoad;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Member;
import io.dockherd.scheduling.NodeLoad;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What facts say of a node, as the scheduler wants it. */
record LoadBoard(Facts facts, Absent absent, Pool pool, ContentsIndex contents) {
  private static final String DRAINED = "it is drained: 'dockherd node ready' puts it back";

  /**
   * A node with nothing pending.
   *
   * @param page its containers
   */
  NodeLoad load(Member member, ContainerIndex.Page page) {
    String node = member.name();
    Optional<String> away = absent.engine(node);
    if (away.isPresent()) {
      return NodeLoad.unavailable(node, "its engine is out of reach: " + away.get());
    }
    if (pool.isDrained(node)) {
      return NodeLoad.unavailable(node, DRAINED);
    }
    if (!pool.holds(node)) {
      return NodeLoad.unavailable(node, "it is out of the pool: register puts it back");
    }
    KnownEngine engine = new KnownEngine(fact(FactKind.ENGINE, node));
    JsonObject told = fact(FactKind.LOAD, node);
    HostLoad load =
        told.isEmpty()
            ? new HostLoad(0, 0, engine.memoryBytes(), engine.memoryBytes())
            : HostLoad.of(told);
    return new NodeLoad(
        node,
        engine.json().getString("id", ""),
        "",
        page.occupying(),
        0,
        engine.cpus(),
        // The slow average on purpose: the fast one follows the very containers just started.
        load.load5(),
        load.memoryTotalBytes(),
        load.memoryFreeBytes(),
        labels(member, engine),
        contents.of(node, page));
  }

  /** The node's over the engine's, what was said later over both, and nothing over what is so. */
  Map<String, String> labels(Member member) {
    return labels(member, new KnownEngine(fact(FactKind.ENGINE, member.name())));
  }

  private Map<String, String> labels(Member member, KnownEngine engine) {
    Map<String, String> labels = new HashMap<>(engine.labels());
    member
        .json()
        .getJsonObject("labels", new JsonObject())
        .forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
    labels.putAll(pool.labels(member.name()));
    JsonObject json = engine.json();
    labels.put("storagedriver", json.getString("driver", ""));
    labels.put("kernelversion", json.getString("kernel", ""));
    labels.put("operatingsystem", json.getString("operatingSystem", ""));
    labels.put("ostype", json.getString("osType", ""));
    labels.put("architecture", PlatformReader.architecture(json.getString("architecture", "")));
    return labels;
  }

  /** Why a node takes no new container, whoever chose it; empty when it does. */
  Optional<String> refusal(String node) {
    return pool.isDrained(node) ? Optional.of(DRAINED) : Optional.empty();
  }

  /** How many CPUs a node's engine has; 0 when that is not known. */
  int cpus(String node) {
    return new KnownEngine(fact(FactKind.ENGINE, node)).cpus();
  }

  private JsonObject fact(String kind, String node) {
    return facts
        .find(kind, node, FactKind.ONLY)
        .map(fact -> fact.json())
        .orElseGet(JsonObject::new);
  }
}
