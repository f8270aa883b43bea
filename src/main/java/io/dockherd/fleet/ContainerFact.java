package io.dockherd.fleet;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What is known of one container, on whichever node it is.
 *
 * @param node its owner
 * @param id in full
 * @param names without the leading slash
 * @param summary as the engine's list gives it, {@code Status} made for the moment of reading
 */
public record ContainerFact(String node, String id, List<String> names, JsonObject summary) {
  public ContainerFact {
    names = List.copyOf(names);
  }
}
