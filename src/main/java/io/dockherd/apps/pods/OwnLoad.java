package io.dockherd.apps.pods;

import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.requests.Fields;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.NodeLoad;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** What this node's own engine carries, and what it is like. */
record OwnLoad(Fleet fleet, Members members, Facts facts) implements Supplier<NodeLoad> {
  @Override
  public NodeLoad get() {
    String self = members.self().name();
    return fleet.loads().stream()
        .filter(load -> load.node().equals(self))
        .findFirst()
        .orElseGet(() -> NodeLoad.unavailable(self, "it is not present"));
  }

  /** How the engine makes its cgroups. */
  CgroupFiles.Kind cgroups() {
    JsonObject info =
        facts
            .find(FactKind.ENGINE, members.self().name(), FactKind.ONLY)
            .map(fact -> new KnownEngine(fact.json()).info())
            .orElseGet(JsonObject::new);
    boolean isRootless =
        Fields.array(info, "SecurityOptions").stream()
            .anyMatch(option -> String.valueOf(option).contains("rootless"));
    if (isRootless || !Fields.text(info, "CgroupDriver").equals("cgroupfs")) {
      return CgroupFiles.Kind.OF_ITS_OWN;
    }
    return Fields.text(info, "CgroupVersion").equals("2")
        ? CgroupFiles.Kind.VERSION_2
        : CgroupFiles.Kind.VERSION_1;
  }
}
