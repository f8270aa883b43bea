package io.dockherd.doors.manifests.format;

import java.util.Map;
import java.util.TreeMap;

/** What a port may speak. */
final class Protocols {
  /** Each by its name. */
  static final Map<String, String> BY_NAME =
      new TreeMap<>(Map.of("tcp", "tcp", "udp", "udp", "sctp", "sctp"));

  private Protocols() {}
}
