package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Conflict;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Fleet.Located;
import io.dockherd.fleet.NameClaim;
import java.util.List;
import java.util.Objects;

/** {@code POST /containers/{name}/rename}: to a name nobody in the herd has. */
public record Rename(ContainerLookup lookup, Fleet fleet) {
  public Rename {
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(fleet, "fleet");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(
        Route.change("POST", "/containers/{name}/rename", "container.rename", this::answer));
  }

  private Reply answer(DockerCall call) {
    Located found = lookup.of(call);
    String wanted = bare(call.query().text("name"), found.host().node());
    EngineRequest request =
        EngineRequest.post(PassedOn.SOON, "containers", found.id(), "rename").query("name", wanted);
    if (wanted.isEmpty() || wanted.contains("/")) {
      // The engine says what is wrong with it.
      return Replies.of(found.host().call(request));
    }
    try (NameClaim claim = fleet.claimName(wanted, PassedOn.SOON)) {
      EngineResponse response = found.host().call(request);
      if (response.isSuccess()) {
        claim.taken();
      }
      return Replies.of(response);
    } catch (Conflict taken) {
      throw TakenName.told(fleet, wanted);
    }
  }

  /** Without its own node, which may be written in front. */
  private static String bare(String name, String node) {
    String inner = name.startsWith("/") ? name.substring(1) : name;
    String own = node + "/";
    return inner.startsWith(own) ? inner.substring(own.length()) : inner;
  }
}
