package io.dockherd.apps.compose;

import io.dockherd.apps.model.PodSpec;
import io.dockherd.compose.model.BlockIo;
import io.dockherd.compose.model.Resources;
import io.dockherd.compose.model.Security;
import io.dockherd.compose.model.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/** What a container may use, in an engine's words, and what it takes of its node. */
final class ResourcePart {
  private static final double NANO = 1e9;

  private ResourcePart() {}

  static void write(Service service, Entries host, Findings findings) {
    Resources resources = service.resources();
    host.rounded("NanoCpus", resources.cpus(), NANO)
        .whole("Memory", resources.memoryBytes())
        .whole("MemoryReservation", resources.reservedMemoryBytes())
        .whole("MemorySwap", resources.memorySwapBytes())
        .whole("MemorySwappiness", resources.memorySwappiness())
        .whole("PidsLimit", resources.pids())
        .rounded("CpuShares", resources.cpuShares(), 1)
        .whole("CpuQuota", resources.cpuQuota())
        .whole("CpuPeriod", resources.cpuPeriod())
        .whole("CpuRealtimeRuntime", resources.cpuRealtimeRuntime())
        .whole("CpuRealtimePeriod", resources.cpuRealtimePeriod())
        .text("CpusetCpus", resources.cpuset())
        .whole("CpuCount", resources.cpuCount())
        .rounded("CpuPercent", resources.cpuPercent(), 1)
        .flag("OomKillDisable", resources.isOutOfMemoryKillDisabled())
        .whole("OomScoreAdj", resources.outOfMemoryScore())
        .whole("ShmSize", resources.shmBytes())
        .items("Ulimits", ulimits(resources))
        .items("DeviceRequests", requests(service));
    blockIo(resources.blockIo(), host);
    if (!resources.reservedGeneric().isEmpty()) {
      findings.refuse(
          "service "
              + service.name()
              + " reserves "
              + String.join(", ", resources.reservedGeneric().keySet())
              + ", which nodes do not count",
          "label the nodes that have it, and put a constraint on the label");
    }
  }

  /** What one container of it takes; of two, what is reserved counts more than the limit. */
  static PodSpec.Resources taken(Service service) {
    Resources resources = service.resources();
    OptionalLong memory =
        resources.reservedMemoryBytes().isPresent()
            ? resources.reservedMemoryBytes()
            : resources.memoryBytes();
    double cpus = resources.reservedCpus().orElse(resources.cpus().orElse(0));
    int gpus =
        resources.devices().stream()
            .filter(device -> device.capabilities().contains("gpu"))
            .mapToInt(ResourcePart::count)
            .sum();
    return new PodSpec.Resources(Math.round(cpus * NANO), memory.orElse(0), 0, gpus);
  }

  static PodSpec.Resources sum(List<Member> members) {
    PodSpec.Resources sum = PodSpec.Resources.UNSAID;
    for (Member member : members) {
      PodSpec.Resources one = taken(member.service());
      sum =
          new PodSpec.Resources(
              sum.nanoCpus() + one.nanoCpus(),
              sum.memoryBytes() + one.memoryBytes(),
              0,
              sum.gpus() + one.gpus());
    }
    return sum;
  }

  /** Of all of them it takes one at least. */
  private static int count(Resources.DeviceRequest device) {
    String said = device.count().orElse("all");
    return said.equals("all") ? Math.max(1, device.ids().size()) : Integer.parseInt(said);
  }

  private static JsonArray ulimits(Resources resources) {
    JsonArray ulimits = new JsonArray();
    resources
        .ulimits()
        .forEach(
            (name, limit) ->
                ulimits.add(
                    new JsonObject()
                        .put("Name", name)
                        .put("Soft", limit.soft())
                        .put("Hard", limit.hard())));
    return ulimits;
  }

  private static JsonArray requests(Service service) {
    JsonArray requests = new JsonArray();
    for (Resources.DeviceRequest device : service.resources().devices()) {
      Entries request = new Entries().put("Driver", device.driver().orElse(""));
      device
          .count()
          .ifPresent(
              count -> request.put("Count", count.equals("all") ? -1 : Integer.parseInt(count)));
      requests.add(
          request
              .texts("DeviceIDs", device.ids())
              .put("Capabilities", new JsonArray().add(new JsonArray(device.capabilities())))
              .map("Options", device.options())
              .json());
    }
    List<String> byName =
        service.security().devices().stream()
            .filter(device -> device.target().isEmpty())
            .map(Security.Device::source)
            .toList();
    if (!byName.isEmpty()) {
      requests.add(new Entries().put("Driver", "cdi").texts("DeviceIDs", byName).json());
    }
    return requests;
  }

  private static void blockIo(BlockIo io, Entries host) {
    host.whole("BlkioWeight", io.weight())
        .items("BlkioWeightDevice", shares(io.weights(), "Weight"))
        .items("BlkioDeviceReadBps", shares(io.readBytes(), "Rate"))
        .items("BlkioDeviceReadIOps", shares(io.reads(), "Rate"))
        .items("BlkioDeviceWriteBps", shares(io.writtenBytes(), "Rate"))
        .items("BlkioDeviceWriteIOps", shares(io.writes(), "Rate"));
  }

  private static JsonArray shares(List<BlockIo.Share> shares, String amount) {
    JsonArray all = new JsonArray();
    shares.forEach(
        share -> all.add(new JsonObject().put("Path", share.path()).put(amount, share.amount())));
    return all;
  }
}
