package io.dockherd.fleet.requests;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The labels classic Swarm keeps a container's expressions in, each a JSON array of texts. */
public final class SwarmLabel {
  public static final String AFFINITIES = "com.docker.swarm.affinities";
  public static final String CONSTRAINTS = "com.docker.swarm.constraints";
  public static final String WHITELISTS = "com.docker.swarm.whitelists";
  public static final String RESCHEDULE = "com.docker.swarm.reschedule-policies";

  /** Who it is, whichever engine it is moved to: 64 hexadecimal digits. */
  public static final String ID = "com.docker.swarm.id";

  /** How many whole cores {@code --cpu-shares} meant, where shares are set to mean cores. */
  public static final String CORES = "io.dockherd.cores";

  private SwarmLabel() {}

  /** What one of these labels holds; nothing when it is no JSON array. */
  public static List<String> texts(JsonObject labels, String name) {
    return read(labels, name);
  }

  /** What a label holds; nothing when it is no JSON array. */
  static List<String> read(JsonObject labels, String name) {
    String text = Fields.text(labels, name);
    if (text.isEmpty()) {
      return List.of();
    }
    try {
      return Fields.texts(new JsonArray(text));
    } catch (DecodeException e) {
      return List.of();
    }
  }
}
