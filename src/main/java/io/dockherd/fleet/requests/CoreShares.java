package io.dockherd.fleet.requests;

import io.vertx.core.json.JsonObject;

/** {@code --cpu-shares} that mean cores, in the shares an engine knows: 1024 are all it has. */
public final class CoreShares {
  private static final long ALL = 1024;

  private CoreShares() {}

  /**
   * The document for an engine.
   *
   * @param cpus how many the engine has
   */
  public static JsonObject of(JsonObject document, int cpus) {
    String cores = Fields.text(Fields.object(document, "Labels"), SwarmLabel.CORES);
    if (cores.isEmpty() || cpus < 1 || !(document.getValue("HostConfig") instanceof JsonObject)) {
      return document;
    }
    JsonObject converted = document.copy();
    JsonObject host = converted.getJsonObject("HostConfig");
    long wanted = Fields.amount(host, "CpuShares");
    return wanted == 0
        ? document
        : converted.put("HostConfig", host.put("CpuShares", Math.ceilDiv(wanted * ALL, cpus)));
  }
}
