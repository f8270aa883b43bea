package io.dockherd.scheduling;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A container on a node or on its way there, as far as others are placed by it.
 *
 * @param id in full; "" while it is on its way
 * @param names without slash
 * @param isStopped whether it ran and does not run any more
 */
public record Tenant(
    String id, List<String> names, Map<String, String> labels, Needs needs, boolean isStopped) {
  private static final int SHORT_ID = 12;

  /** One that is in nobody's way. */
  public static final Tenant NOBODY = new Tenant("", List.of(), Map.of(), Needs.NONE, false);

  public Tenant {
    Objects.requireNonNull(id, "id");
    names = List.copyOf(names);
    labels = Map.copyOf(labels);
    Objects.requireNonNull(needs, "needs");
  }

  /** Whether a caller who says that means it: its name, its id or the beginning of its id. */
  boolean isCalled(String reference) {
    return names.contains(reference) || !reference.isEmpty() && id.startsWith(reference);
  }

  /** What it is called in messages. */
  String title() {
    return names.isEmpty() ? id.substring(0, Math.min(SHORT_ID, id.length())) : names.getFirst();
  }
}
