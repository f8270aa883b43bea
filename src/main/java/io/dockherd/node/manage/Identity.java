package io.dockherd.node.manage;

import io.dockherd.failure.Refused;
import io.dockherd.fleet.watch.KnownEngine;
import io.vertx.core.json.JsonObject;

/**
 * Who an engine says it is. Ids alone don't tell: those of cloned hosts are the same.
 *
 * @param id the engine's own
 * @param name its host's
 */
record Identity(String id, String name) {
  /** Of one that has not said it. */
  static final Identity NONE = new Identity("", "");

  /**
   * As an engine's {@code /info} says.
   *
   * @throws Refused when that is no engine's
   */
  static Identity of(JsonObject info, String address) {
    String version = String.valueOf(info.getValue("ServerVersion"));
    boolean isEngine =
        info.getValue("NCPU") instanceof Number cpus
            && cpus.intValue() > 0
            && info.getValue("MemTotal") instanceof Number memory
            && memory.longValue() > 0
            && info.getValue("Name") instanceof String name
            && !name.isBlank()
            && !name.contains("/")
            && !version.contains("dockherd")
            && !version.startsWith("swarm/");
    if (!isEngine) {
      throw new Refused(
          address,
          "what answers at " + address + " is no Docker Engine",
          "make sure it is a Docker Engine, not a Swarm manager or a Dockherd node");
    }
    return new Identity(String.valueOf(info.getValue("ID")), info.getString("Name"));
  }

  static Identity of(KnownEngine known) {
    return new Identity(known.json().getString("id", ""), known.json().getString("name", ""));
  }
}
