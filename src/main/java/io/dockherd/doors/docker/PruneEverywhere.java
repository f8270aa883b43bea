package io.dockherd.doors.docker;

import io.dockherd.doors.Reply;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A prune on every engine, or on those of the filter {@code node}; what they say, put together. The
 * filter is a node's whole name: {@code host-1} is not to prune host-10.
 *
 * @param deleted the field with the list of what is gone: {@code ContainersDeleted}, …
 */
public record PruneEverywhere(Fleet fleet, String deleted) {
  private static final Log LOG = Log.of(PruneEverywhere.class);
  private static final Duration LIMIT = Duration.ofHours(1);

  public PruneEverywhere {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(deleted, "deleted");
  }

  /**
   * Asks them.
   *
   * @param segments the path at the engines
   */
  public Reply answer(DockerCall call, String... segments) {
    Filters filters = Filters.parse(call.query().text("filters"));
    List<Host> hosts =
        fleet.hosts().stream().filter(host -> filters.isExactly("node", host.node())).toList();
    EngineRequest request = EngineRequest.post(LIMIT, segments);
    for (String name : call.query().all().keySet()) {
      if (!name.equals("filters")) {
        request = request.query(name, call.query().text(name));
      }
    }
    return answer(hosts, request.query("filters", filters.without("node").json()));
  }

  private Reply answer(List<Host> hosts, EngineRequest request) {
    JsonArray gone = new JsonArray();
    long reclaimed = 0;
    List<EachHost.Word> words = EachHost.ask(hosts, request);
    for (EachHost.Word word : words) {
      if (word.json() instanceof JsonObject said) {
        if (said.getValue(deleted) instanceof JsonArray each) {
          each.forEach(gone::add);
        }
        reclaimed += said.getLong("SpaceReclaimed", 0L);
      }
      if (!word.isSuccess()) {
        // The answer has no place for it, and what was done elsewhere is not to be hidden.
        LOG.warn("not pruned", "node", word.host().node(), "reason", word.trouble());
      }
    }
    if (words.stream().noneMatch(EachHost.Word::isSuccess) && !words.isEmpty()) {
      EachHost.Word first = words.getFirst();
      first
          .failure()
          .ifPresent(
              failure -> {
                throw failure;
              });
      return Replies.of(first.response().orElseThrow());
    }
    return Replies.json(
        200,
        new JsonObject()
            .put(deleted, gone.isEmpty() ? null : gone)
            .put("SpaceReclaimed", reclaimed));
  }
}
