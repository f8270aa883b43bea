package io.dockherd.herd.records;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which request wrote which version, for the last few thousand writes: a request that is repeated
 * because its answer was lost is known again, also when others have written the key many times
 * since.
 */
final class Requests {
  private static final int REMEMBERED = 4096;

  private final Map<String, Version> versions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Version> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** A key's lineage has changed. */
  void add(Lineage before, Lineage after) {
    for (Revision revision : after.revisions()) {
      if (!before.revisions().contains(revision)) {
        versions.put(revision.request(), revision.version());
      }
    }
  }

  Optional<Version> version(String request) {
    return Optional.ofNullable(versions.get(request));
  }
}
