package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Envelope;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.Host;
import io.dockherd.herd.members.Members;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One node: what its engine says of itself, enveloped, and how the node describes itself. */
record InspectNode(Members members, Whereabouts whereabouts, NodePortrait portrait)
    implements Asking {
  @Override
  public List<String> names() {
    return List.of("inspect-node");
  }

  @Override
  public String verb() {
    return "node.inspect";
  }

  @Override
  public Reply perform(ActionRequest request) {
    Host host = whereabouts.nodeOrThis(request);
    EngineResponse info = host.call(EngineCalls.of(request, "GET", "info"));
    Map<String, Object> more =
        members.named(host.node()).stream()
            .collect(Collectors.toMap(member -> "node", portrait::of));
    return new Reply(Reply.httpStatus(info.status()), Envelope.of(info, host.node(), more));
  }
}
