package io.dockherd.failure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** No node can take what is to be placed; says for each node why not. */
public final class Unplaceable extends Failure {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> reasons;
  private final transient List<String> conditions;

  /** {@code reasons}: node name → why that node can't. Empty when the herd has no node at all. */
  public Unplaceable(String subject, Map<String, String> reasons) {
    this(subject, reasons, List.of());
  }

  /** The same, with {@link #conditions}. */
  public Unplaceable(String subject, Map<String, String> reasons, List<String> conditions) {
    super(
        subject,
        "no node can take "
            + subject
            + (reasons.isEmpty()
                ? ": the herd has no node with a reachable engine"
                : ": "
                    + reasons.entrySet().stream()
                        .map(reason -> reason.getKey() + ": " + reason.getValue())
                        .collect(Collectors.joining("; "))),
        "",
        null);
    this.reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
    this.conditions = List.copyOf(conditions);
  }

  /** Node name → why that node can't, in the order the nodes were tried. */
  public Map<String, String> reasons() {
    return reasons;
  }

  /** What was asked for that kept nodes away, in classic Swarm's words: {@code [node==host-9]}. */
  public List<String> conditions() {
    return conditions;
  }
}
