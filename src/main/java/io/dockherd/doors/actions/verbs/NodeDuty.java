package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.CommonFields;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Pool;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNodes;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What an operator says of a node: that it takes nothing new, that it does again, its labels, or
 * that it won't come back. It holds for all nodes at once and until changed, also of a node that is
 * away.
 */
record NodeDuty(
    String name, String verb, List<Field<?>> fields, BiFunction<ActionRequest, String, Reply> work)
    implements Action {
  private static final int LONGEST_KEY = 256;
  private static final int LONGEST_VALUE = 4096;

  static final Field<Map<String, Optional<String>>> LABELS =
      Field.of(
          "labels",
          "an object of strings and nulls",
          "label → text; null takes back what was said before",
          NodeDuty::labels);

  static List<Action> actions(KnownNodes known, Facts facts, Pool pool) {
    return List.of(
        new NodeDuty(
            "drain-node",
            "node.drain",
            List.of(),
            (request, node) -> {
              check(known, node);
              pool.drain(node, true, request.deadline().left());
              return answer(pool, node, "no new container is placed on it; those it has run on");
            }),
        new NodeDuty(
            "ready-node",
            "node.ready",
            List.of(),
            (request, node) -> {
              check(known, node);
              pool.drain(node, false, request.deadline().left());
              return answer(pool, node, "new containers are placed on it");
            }),
        new NodeDuty(
            "label-node",
            "node.label",
            List.of(LABELS),
            (request, node) -> {
              check(known, node);
              pool.label(node, request.need(LABELS), request.deadline().left());
              return answer(pool, node, "constraints see its labels from now on");
            }),
        new NodeDuty(
            "forget-node",
            "node.forget",
            List.of(),
            (request, node) -> {
              known.forget(node, request.deadline().left());
              pool.forget(node, request.deadline().left());
              facts.forget(node);
              return answer(pool, node, "the herd counts on it no more; it may join again");
            }));
  }

  private static void check(KnownNodes known, String node) {
    if (!known.knows(node)) {
      throw new NotFound(node, "no node '" + node + "' is known", "");
    }
  }

  private static Reply answer(Pool pool, String node, String message) {
    JsonObject labels = new JsonObject();
    pool.labels(node).forEach(labels::put);
    return Reply.of(
        new JsonObject()
            .put("status", "ok")
            .put("node", node)
            .put("drained", pool.isDrained(node))
            .put("inPool", pool.holds(node))
            .put("labels", labels)
            .put("message", message));
  }

  private static Optional<Map<String, Optional<String>>> labels(Object value) {
    if (!(value instanceof JsonObject object)) {
      return Optional.empty();
    }
    Map<String, Optional<String>> labels = new LinkedHashMap<>();
    for (Map.Entry<String, Object> label : object) {
      boolean fits =
          isFit(label.getKey(), LONGEST_KEY)
              && !label.getKey().isEmpty()
              && (label.getValue() == null
                  || label.getValue() instanceof String text && isFit(text, LONGEST_VALUE));
      if (!fits) {
        return Optional.empty();
      }
      labels.put(label.getKey(), Optional.ofNullable((String) label.getValue()));
    }
    return Optional.of(labels);
  }

  private static boolean isFit(String text, int longest) {
    return text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
  }

  @Override
  public List<String> names() {
    return List.of(name);
  }

  @Override
  public boolean changes() {
    return true;
  }

  @Override
  public Duration limit(ActionRequest request, ActionSettings settings) {
    return settings.newContainerTimeout();
  }

  @Override
  public Reply perform(ActionRequest request) {
    return work.apply(request, request.need(CommonFields.NODE));
  }
}
