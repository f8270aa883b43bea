package io.dockherd.doors.marathon.translation;

import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.apps.model.UpdatePolicy.OnFailure;
import io.dockherd.compose.schema.GoDuration;
import io.dockherd.doors.marathon.definition.NotValid;
import io.dockherd.doors.marathon.definition.Parts;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the herd can do and Marathon has no field for, said by labels of the app. */
record HerdLabels(Map<String, String> labels) {
  static final String ON_SPLIT = "io.dockherd.on-split";
  static final String ON_FAILURE = "io.dockherd.update.on-failure";
  static final String DEADLINE = "io.dockherd.update.deadline";
  static final String DRAIN = "io.dockherd.drain";
  static final String MONITOR = "io.dockherd.update.monitor";

  static HerdLabels of(JsonObject app) {
    return new HerdLabels(Parts.textMap(app, "labels"));
  }

  /** {@code io.dockherd.on-split}: {@code available}, {@code majority} or {@code stay}. */
  Optional<OnSplit> onSplit() {
    return choice(ON_SPLIT, OnSplit.class);
  }

  /** {@code io.dockherd.drain}: how long one that is to stop is only shown as such. */
  Duration drain() {
    return time(DRAIN).orElse(Duration.ZERO);
  }

  /** That policy, less patient where labels say so. */
  UpdatePolicy on(UpdatePolicy policy) {
    return new UpdatePolicy(
        policy.parallelism(),
        policy.order(),
        policy.minimumHealthy(),
        policy.maximumOver(),
        policy.delay(),
        time(MONITOR).orElse(policy.monitor()),
        time(DEADLINE).orElse(policy.deadline()),
        policy.maxFailureRatio(),
        choice(ON_FAILURE, OnFailure.class).orElse(policy.onFailure()));
  }

  private Optional<Duration> time(String label) {
    return Optional.ofNullable(labels.get(label))
        .map(
            text ->
                GoDuration.parse(text)
                    .orElseThrow(() -> wrong(label, "has to be a time like 10m: " + text)));
  }

  private <E extends Enum<E>> Optional<E> choice(String label, Class<E> type) {
    String text = labels.getOrDefault(label, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(type.getEnumConstants())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    wrong(
                        label,
                        "has to be one of "
                            + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT))));
  }

  private static NotValid wrong(String label, String message) {
    return NotValid.rule("/labels/" + label, message);
  }
}
