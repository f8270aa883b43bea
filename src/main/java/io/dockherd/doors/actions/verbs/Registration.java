package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.fleet.Pool;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The seed's announcements. Nodes join and leave by the group now, so nobody can register a phantom
 * or forget a living node: these say which nodes get new containers.
 */
record Registration(String name, Function<ActionRequest, Reply> work) implements Action {
  static final Field<String> HOSTNAME = Field.text("hostname", "the node's name");

  static List<Action> actions(Members members, Facts facts, Pool pool) {
    return List.of(
        new Registration("register", request -> register(members, pool, request)),
        new Registration("unregister", request -> unregister(members, facts, pool, request)));
  }

  @Override
  public List<String> names() {
    return List.of(name);
  }

  @Override
  public String verb() {
    return "node." + name;
  }

  @Override
  public boolean changes() {
    return true;
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(HOSTNAME);
  }

  @Override
  public String subject(ActionRequest request) {
    return request.get(HOSTNAME).orElse("");
  }

  @Override
  public Duration limit(ActionRequest request, ActionSettings settings) {
    return settings.newContainerTimeout();
  }

  @Override
  public Reply perform(ActionRequest request) {
    return work.apply(request);
  }

  private static Reply register(Members members, Pool pool, ActionRequest request) {
    String hostname = request.need(HOSTNAME);
    if (!isPresent(members, hostname)) {
      return answer(
          hostname,
          false,
          pool,
          "it is no member: a node joins by itself when it finds the herd and has its key");
    }
    pool.set(hostname, true, request.deadline().left());
    return answer(
        hostname,
        true,
        pool,
        pool.isDrained(hostname)
            ? "it is drained: ready-node ends that"
            : "new containers are placed on it");
  }

  private static Reply unregister(Members members, Facts facts, Pool pool, ActionRequest request) {
    String hostname = request.need(HOSTNAME);
    if (!isPresent(members, hostname)) {
      facts.forget(hostname);
      return answer(hostname, false, pool, "it is no member, and what it last told is forgotten");
    }
    pool.set(hostname, false, request.deadline().left());
    return answer(hostname, true, pool, "no new containers are placed on it; those it has run on");
  }

  private static boolean isPresent(Members members, String name) {
    return members.nodes().stream().anyMatch(member -> member.name().equals(name));
  }

  private static Reply answer(String hostname, boolean isPresent, Pool pool, String message) {
    return Reply.of(
        new JsonObject()
            .put("status", "ok")
            .put("hostname", hostname)
            .put("present", isPresent)
            .put("inPool", isPresent && pool.holds(hostname))
            .put("message", message));
  }
}
