package io.dockherd.doors.marathon.answers;

import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.AppVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why instances of an app do not start, as Marathon shows it. Nothing is offered here, so where
 * Marathon counts offers these are nodes that were looked at; {@code message} and {@code
 * nodeReasons} say it in words, which Marathon has no field for.
 */
public record QueueEntry(ShownApp app, Waiting waiting, Instant now) {
  /** Marathon's reasons, in its order. */
  private static final List<String> REASONS =
      List.of(
          "UnfulfilledRole",
          "UnfulfilledConstraint",
          "NoCorrespondingReservationFound",
          "AgentMaintenance",
          "InsufficientCpus",
          "InsufficientMemory",
          "InsufficientDisk",
          "InsufficientGpus",
          "InsufficientPorts",
          "DeclinedScarceResources");

  /** Words of the herd's own reasons, the more telling first. */
  private static final Map<String, String> BY_WORD = new LinkedHashMap<>();

  static {
    BY_WORD.put("drain", "AgentMaintenance");
    BY_WORD.put("gpu", "InsufficientGpus");
    BY_WORD.put("cpu", "InsufficientCpus");
    BY_WORD.put("memory", "InsufficientMemory");
    BY_WORD.put("disk", "InsufficientDisk");
    BY_WORD.put("port", "InsufficientPorts");
  }

  /**
   * As in the list.
   *
   * @param withOffers whether each node is told of, too
   */
  public JsonObject json(boolean withOffers) {
    JsonArray rejections = rejections();
    JsonObject summary =
        new JsonObject()
            .put("processedOffersCount", waiting.nodes().size())
            .put("unusedOffersCount", waiting.nodes().size())
            .put("rejectSummaryLastOffers", rejections)
            .put("rejectSummaryLaunchAttempt", rejections.copy());
    if (!waiting.nodes().isEmpty()) {
      summary.put("lastUnusedOfferAt", AppVersion.text(waiting.since()));
    }
    Duration left = Duration.between(now, waiting.until());
    JsonObject json =
        new JsonObject()
            .put("count", waiting.count())
            .put(
                "delay",
                new JsonObject()
                    .put("timeLeftSeconds", Math.max(0, left.toSeconds()))
                    .put("overdue", !left.isPositive()))
            .put("since", AppVersion.text(waiting.since()))
            .put("processedOffersSummary", summary)
            .put("app", app.json())
            .put("role", "*")
            .put("message", waiting.reason());
    JsonObject words = new JsonObject();
    byName().forEach(words::put);
    json.put("nodeReasons", words);
    return withOffers ? json.put("lastUnusedOffers", offers()) : json;
  }

  private SortedMap<String, String> byName() {
    return new TreeMap<>(waiting.nodes());
  }

  private JsonArray rejections() {
    JsonArray all = new JsonArray();
    int processed = waiting.nodes().size();
    for (String reason : REASONS) {
      long declined =
          waiting.nodes().values().stream().filter(words -> reason(words).equals(reason)).count();
      all.add(
          new JsonObject()
              .put("reason", reason)
              .put("declined", declined)
              .put("processed", processed));
      processed -= (int) declined;
    }
    return all;
  }

  private JsonArray offers() {
    JsonArray offers = new JsonArray();
    byName()
        .forEach(
            (node, words) ->
                offers.add(
                    new JsonObject()
                        .put("offer", new JsonObject().put("id", node).put("hostname", node))
                        .put("reason", new JsonArray().add(reason(words)))
                        .put("timestamp", AppVersion.text(waiting.since()))));
    return offers;
  }

  private static String reason(String words) {
    String lower = words.toLowerCase(Locale.ROOT);
    return BY_WORD.entrySet().stream()
        .filter(each -> lower.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("UnfulfilledConstraint");
  }
}
