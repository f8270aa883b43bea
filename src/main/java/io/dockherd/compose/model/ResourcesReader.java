package io.dockherd.compose.model;

import io.dockherd.compose.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what a canonical service may use; of two keys that say the same, the one that is there. */
final class ResourcesReader {
  private ResourcesReader() {}

  static Resources read(Fields service) {
    Fields limits = service.at("deploy").at("resources").at("limits");
    Fields kept = service.at("deploy").at("resources").at("reservations");
    return new Resources(
        either(service.decimal("cpus"), limits.decimal("cpus")),
        either(service.whole("mem_limit"), limits.whole("memory")),
        either(service.integer("pids_limit"), limits.integer("pids")),
        kept.decimal("cpus"),
        either(service.whole("mem_reservation"), kept.whole("memory")),
        generic(kept),
        devices(service, kept),
        service.decimal("cpu_shares"),
        service.whole("cpu_quota"),
        service.whole("cpu_period"),
        service.whole("cpu_rt_runtime"),
        service.whole("cpu_rt_period"),
        service.text("cpuset"),
        service.whole("cpu_count"),
        service.decimal("cpu_percent"),
        service.whole("memswap_limit"),
        service.integer("mem_swappiness"),
        service.flag("oom_kill_disable"),
        service.integer("oom_score_adj"),
        service.whole("shm_size"),
        ulimits(service),
        blockIo(service.at("blkio_config")));
  }

  private static BlockIo blockIo(Fields io) {
    return new BlockIo(
        io.integer("weight"),
        shares(io, "weight_device", "weight"),
        shares(io, "device_read_bps", "rate"),
        shares(io, "device_read_iops", "rate"),
        shares(io, "device_write_bps", "rate"),
        shares(io, "device_write_iops", "rate"));
  }

  private static List<BlockIo.Share> shares(Fields io, String key, String amount) {
    return io.items(
        key, share -> new BlockIo.Share(share.need("path"), share.whole(amount).orElseThrow()));
  }

  static Map<String, Ulimit> ulimits(Fields fields) {
    return fields.each(
        "ulimits",
        (name, limit, value) -> {
          long both = value instanceof YamlScalar scalar ? Long.parseLong(scalar.text()) : 0;
          return new Ulimit(limit.whole("soft").orElse(both), limit.whole("hard").orElse(both));
        });
  }

  private static Map<String, Long> generic(Fields kept) {
    Map<String, Long> generic = new LinkedHashMap<>();
    kept.items("generic_resources", item -> item.at("discrete_resource_spec"))
        .forEach(
            spec -> {
              long value = spec.whole("value").orElse(1);
              spec.text("kind").ifPresent(kind -> generic.put(kind, value));
            });
    return generic;
  }

  private static List<Resources.DeviceRequest> devices(Fields service, Fields kept) {
    List<Resources.DeviceRequest> devices =
        new ArrayList<>(kept.items("devices", device -> device(device, List.of())));
    devices.addAll(service.items("gpus", device -> device(device, List.of("gpu"))));
    return devices;
  }

  private static Resources.DeviceRequest device(Fields device, List<String> always) {
    List<String> capabilities = new ArrayList<>(always);
    device.texts("capabilities").stream()
        .filter(capability -> !always.contains(capability))
        .forEach(capabilities::add);
    List<String> ids = device.texts("device_ids");
    Optional<String> count = device.text("count").map(said -> said.equals("-1") ? "all" : said);
    return new Resources.DeviceRequest(
        capabilities,
        device.text("driver"),
        count.isEmpty() && ids.isEmpty() ? Optional.of("all") : count,
        ids,
        device.named("options"));
  }

  private static OptionalDouble either(OptionalDouble first, OptionalDouble second) {
    return first.isPresent() ? first : second;
  }

  private static OptionalLong either(OptionalLong first, OptionalLong second) {
    return first.isPresent() ? first : second;
  }

  private static OptionalInt either(OptionalInt first, OptionalInt second) {
    return first.isPresent() ? first : second;
  }
}
