package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Reply;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Members;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Who is in the herd, as this node sees it: the members as they describe themselves, and which
 * nodes are counted on but not there.
 */
record ListNodes(Fleet fleet, Members members, KnownNodes known, NodePortrait portrait)
    implements Asking {
  @Override
  public List<String> names() {
    return List.of("list-nodes");
  }

  @Override
  public String verb() {
    return "node.list";
  }

  @Override
  public Reply perform(ActionRequest request) {
    JsonArray nodes = new JsonArray();
    members.nodes().forEach(member -> nodes.add(portrait.of(member)));
    JsonArray absent = new JsonArray();
    known.absent().forEach(node -> absent.add(portrait.of(node)));
    return Reply.of(
        new JsonObject()
            .put("status", "ok")
            .put("herd", fleet.herd())
            .put("nodes", nodes)
            .put("absent", absent)
            .put("dockerInstance", members.self().name()));
  }
}
