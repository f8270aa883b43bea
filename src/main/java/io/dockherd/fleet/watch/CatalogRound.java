package io.dockherd.fleet.watch;

import io.dockherd.herd.facts.Facts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells all images (volumes, networks) of the engine anew; facts only go out where they differ.
 *
 * @param kind of fact
 * @param entries asks the engine: list entries by the fact's id
 */
record CatalogRound(Facts facts, String kind, Supplier<Map<String, JsonObject>> entries)
    implements Refresher.Round {
  @Override
  public void run(Set<String> keys) {
    Map<String, Buffer> values = new LinkedHashMap<>();
    entries.get().forEach((id, entry) -> values.put(id, entry.toBuffer()));
    facts.tellAll(kind, values);
  }
}
