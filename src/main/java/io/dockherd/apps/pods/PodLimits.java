package io.dockherd.apps.pods;

import static io.dockherd.apps.pods.JsonPart.listWithin;
import static io.dockherd.apps.pods.JsonPart.within;
import static io.dockherd.fleet.requests.Fields.array;
import static io.dockherd.fleet.requests.Fields.object;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.fleet.requests.NeedsReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pod takes of its node, brought to its containers. One container gets all of it as its
 * limit. Several are bound together by a parent cgroup where there is one; else what their own
 * limits leave is split evenly among those without, so that together they can't take more. Each
 * says in a label what it reserves; together that is the pod's.
 */
final class PodLimits {
  /** Engines refuse less. */
  private static final long LEAST_MEMORY = 6 << 20;

  private static final long LEAST_NANO_CPUS = 10_000_000;

  private PodLimits() {}

  /**
   * Writes the limits into the documents.
   *
   * @param cgroupParent which holds the pod's limits; "" where there is none
   * @param cpus how many the engine has; it refuses limits beyond
   */
  static void apply(
      PodSpec.Resources pod,
      PodLayout layout,
      Map<String, JsonObject> documents,
      String cgroupParent,
      int cpus) {
    documents.values().forEach(document -> setParent(document, cgroupParent));
    if (pod.gpus() > 0) {
      askForGpus(within(documents.get(layout.primary()), "HostConfig"), pod.gpus());
    }
    if (pod.nanoCpus() == 0 && pod.memoryBytes() == 0) {
      return;
    }
    Map<String, Long> memory =
        shares(pod.memoryBytes(), layout, documents, "Memory", List.of("Memory"));
    Map<String, Long> nanoCpus =
        shares(pod.nanoCpus(), layout, documents, "NanoCpus", List.of("NanoCpus", "CpuQuota"));
    boolean isBoundTogether = !cgroupParent.isEmpty() && documents.size() > 1;
    documents.forEach(
        (name, document) -> {
          JsonObject host = within(document, "HostConfig");
          if (!isBoundTogether) {
            limit(host, "Memory", List.of(), memory.get(name), LEAST_MEMORY, Long.MAX_VALUE);
            limit(
                host,
                "NanoCpus",
                List.of("CpuQuota", "CpuPeriod"),
                nanoCpus.get(name),
                LEAST_NANO_CPUS,
                Math.max(1, cpus) * 1_000_000_000L);
          }
          within(document, "Labels")
              .put(
                  NeedsReader.LABEL,
                  new JsonObject()
                      .put("memoryBytes", memory.get(name))
                      .put("nanoCpus", nanoCpus.get(name))
                      .encode());
        });
  }

  /** What each reserves: what it says itself, and an even part of what that leaves. */
  private static Map<String, Long> shares(
      long whole,
      PodLayout layout,
      Map<String, JsonObject> documents,
      String key,
      List<String> saying) {
    Map<String, Long> own = new LinkedHashMap<>();
    long left = whole;
    int without = 0;
    for (ContainerSpec container : layout.order()) {
      JsonObject host = object(documents.get(container.name()), "HostConfig");
      boolean isSaid = saying.stream().anyMatch(one -> amount(host, one) > 0);
      long amount = Math.min(Math.max(0, left), amount(host, key));
      left -= amount;
      without += isSaid ? 0 : 1;
      own.put(container.name(), isSaid ? amount : -1);
    }
    long part = without == 0 ? 0 : left / without;
    long rest = left - part * without;
    Map<String, Long> shares = new LinkedHashMap<>();
    own.forEach(
        (name, amount) ->
            shares.put(
                name, (amount < 0 ? part : amount) + (name.equals(layout.primary()) ? rest : 0)));
    return shares;
  }

  private static void limit(
      JsonObject host, String key, List<String> others, long share, long least, long most) {
    boolean isSaid = amount(host, key) > 0 || others.stream().anyMatch(o -> amount(host, o) > 0);
    if (!isSaid && share > 0) {
      host.put(key, Math.clamp(share, least, most));
    }
  }

  private static void setParent(JsonObject document, String cgroupParent) {
    if (!cgroupParent.isEmpty()) {
      within(document, "HostConfig").put("CgroupParent", cgroupParent);
    }
  }

  private static void askForGpus(JsonObject host, int count) {
    if (array(host, "DeviceRequests").isEmpty()) {
      listWithin(host, "DeviceRequests")
          .add(
              new JsonObject()
                  .put("Driver", "")
                  .put("Count", count)
                  .put("Capabilities", new JsonArray().add(new JsonArray().add("gpu"))));
    }
  }

  private static long amount(JsonObject host, String key) {
    return host.getValue(key) instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }
}
