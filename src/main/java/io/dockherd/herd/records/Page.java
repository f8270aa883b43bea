package io.dockherd.herd.records;

import java.util.Map;

/**
 * Some of a node's records.
 *
 * @param lineages by key
 * @param last the greatest key looked at
 * @param more whether there are more after it
 */
record Page(Map<String, Lineage> lineages, String last, boolean more) {
  Page {
    lineages = Map.copyOf(lineages);
  }
}
