package io.dockherd.fleet.rescheduling;

import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * Which of two stays, when a lost node is back and a container of it was made anew meanwhile: the
 * replacement, for it is what people have worked with since; unless it failed where the original
 * did not. Pure.
 */
enum Survivor {
  ORIGINAL,
  REPLACEMENT;

  /** Ends somebody asked for: by itself, by kill, by stop. */
  private static final Set<Integer> WANTED = Set.of(0, 137, 143);

  /**
   * @param original the {@code State} of its inspect answer
   * @param replacement likewise
   * @param ran whether the original ran when its node was lost
   */
  static Survivor of(JsonObject original, JsonObject replacement, boolean ran) {
    return ran && isUp(original) && hasFailed(replacement) ? ORIGINAL : REPLACEMENT;
  }

  private static boolean isUp(JsonObject state) {
    return "running".equals(state.getString("Status")) && !isIll(state);
  }

  private static boolean hasFailed(JsonObject state) {
    return switch (state.getString("Status", "")) {
      case "created", "dead", "restarting" -> true;
      case "exited" -> !WANTED.contains(state.getInteger("ExitCode", 0));
      default -> isIll(state);
    };
  }

  private static boolean isIll(JsonObject state) {
    return state.getValue("Health") instanceof JsonObject health
        && "unhealthy".equals(health.getString("Status"));
  }
}
