package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * {@code container.docker.parameters}: options of {@code docker run}, as fields of the engine's
 * create document. What the herd decides itself (names, published ports, restarts, networks) is not
 * among them.
 */
public final class DockerOptions {
  private static final Map<String, BiConsumer<JsonObject, String>> OPTIONS = new HashMap<>();

  private static final Map<String, String> SHORT =
      Map.of(
          "e",
          "env",
          "h",
          "hostname",
          "l",
          "label",
          "m",
          "memory",
          "u",
          "user",
          "v",
          "volume",
          "w",
          "workdir",
          "dns-opt",
          "dns-option");

  /** Option → what to use instead. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "name", "containers are named after their task",
          "publish", "use portMappings",
          "p", "use portMappings",
          "publish-all", "use portMappings",
          "P", "use portMappings",
          "net", "use networks",
          "network", "use networks",
          "restart", "an instance that ends is replaced; see backoffSeconds",
          "stop-timeout", "use taskKillGracePeriodSeconds",
          "rm", "what is left of an instance is removed anyway");

  static {
    container();
    process();
    resources();
    security();
    surroundings();
  }

  private DockerOptions() {}

  /** What is wrong with an option, if anything. */
  static Optional<String> objection(String option, String value) {
    String name = name(option);
    if (!OPTIONS.containsKey(name)) {
      String instead = INSTEAD.getOrDefault(name, "it is none of the options that are passed on");
      return Optional.of("docker option '" + option + "' can't be given: " + instead);
    }
    try {
      OPTIONS.get(name).accept(new JsonObject(), value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("docker option '" + option + "': " + e.getMessage());
    }
  }

  /** Puts an option without an {@link #objection} on a create document. */
  public static void apply(JsonObject document, String option, String value) {
    OPTIONS.get(name(option)).accept(document, value);
  }

  private static String name(String option) {
    String bare = option.startsWith("--") ? option.substring(2) : option;
    return SHORT.getOrDefault(bare, bare);
  }

  private static void container() {
    text("hostname", "", "Hostname");
    text("domainname", "", "Domainname");
    text("stop-signal", "", "StopSignal");
    text("runtime", "HostConfig", "Runtime");
    named("label", "", "Labels");
    named("storage-opt", "HostConfig", "StorageOpt");
    OPTIONS.put("log-opt", (document, value) -> name(log(document), "Config", value));
    OPTIONS.put("log-driver", (document, value) -> log(document).put("Type", some(value)));
    OPTIONS.put(
        "expose",
        (document, value) ->
            object(document, "ExposedPorts").put(OptionValue.port(value), new JsonObject()));
  }

  private static void process() {
    text("user", "", "User");
    text("workdir", "", "WorkingDir");
    listed("env", "", "Env", DockerOptions::some);
    flag("tty", "", "Tty");
    flag("init", "HostConfig", "Init");
    OPTIONS.put(
        "entrypoint",
        (document, value) -> document.put("Entrypoint", new JsonArray().add(some(value))));
    OPTIONS.put(
        "no-healthcheck",
        (document, value) ->
            object(document, "Healthcheck").put("Test", new JsonArray().add("NONE")));
    OPTIONS.put(
        "health-cmd",
        (document, value) ->
            object(document, "Healthcheck")
                .put("Test", new JsonArray().add("CMD-SHELL").add(some(value))));
    set("health-retries", "Healthcheck", "Retries", OptionValue::whole);
    set("health-interval", "Healthcheck", "Interval", OptionValue::nanos);
    set("health-timeout", "Healthcheck", "Timeout", OptionValue::nanos);
    set("health-start-period", "Healthcheck", "StartPeriod", OptionValue::nanos);
  }

  private static void resources() {
    for (String[] bytes :
        new String[][] {
          {"memory", "Memory"},
          {"memory-reservation", "MemoryReservation"},
          {"memory-swap", "MemorySwap"},
          {"shm-size", "ShmSize"}
        }) {
      set(bytes[0], "HostConfig", bytes[1], OptionValue::bytes);
    }
    for (String[] number :
        new String[][] {
          {"cpu-shares", "CpuShares"},
          {"cpu-period", "CpuPeriod"},
          {"cpu-quota", "CpuQuota"},
          {"blkio-weight", "BlkioWeight"},
          {"memory-swappiness", "MemorySwappiness"},
          {"oom-score-adj", "OomScoreAdj"},
          {"pids-limit", "PidsLimit"}
        }) {
      set(number[0], "HostConfig", number[1], OptionValue::whole);
    }
    set("cpus", "HostConfig", "NanoCpus", OptionValue::nanoCpus);
    text("cpuset-cpus", "HostConfig", "CpusetCpus");
    text("cpuset-mems", "HostConfig", "CpusetMems");
    text("cgroup-parent", "HostConfig", "CgroupParent");
    flag("oom-kill-disable", "HostConfig", "OomKillDisable");
    listed("ulimit", "HostConfig", "Ulimits", OptionValue::ulimit);
    listed("device", "HostConfig", "Devices", OptionValue::device);
  }

  private static void security() {
    listed("cap-add", "HostConfig", "CapAdd", DockerOptions::some);
    listed("cap-drop", "HostConfig", "CapDrop", DockerOptions::some);
    listed("security-opt", "HostConfig", "SecurityOpt", DockerOptions::some);
    listed("group-add", "HostConfig", "GroupAdd", DockerOptions::some);
    flag("privileged", "HostConfig", "Privileged");
    flag("read-only", "HostConfig", "ReadonlyRootfs");
    for (String[] mode :
        new String[][] {
          {"ipc", "IpcMode"}, {"pid", "PidMode"}, {"uts", "UTSMode"}, {"userns", "UsernsMode"}
        }) {
      set(mode[0], "HostConfig", mode[1], OptionValue::namespace);
    }
  }

  private static void surroundings() {
    listed("dns", "HostConfig", "Dns", DockerOptions::some);
    listed("dns-option", "HostConfig", "DnsOptions", DockerOptions::some);
    listed("dns-search", "HostConfig", "DnsSearch", DockerOptions::some);
    listed("add-host", "HostConfig", "ExtraHosts", OptionValue::pair);
    listed("volume", "HostConfig", "Binds", OptionValue::bind);
    text("volume-driver", "HostConfig", "VolumeDriver");
    named("sysctl", "HostConfig", "Sysctls");
    OPTIONS.put(
        "tmpfs",
        (document, value) -> {
          String[] parts = some(value).split(":", 2);
          object(object(document, "HostConfig"), "Tmpfs")
              .put(parts[0], parts.length == 2 ? parts[1] : "");
        });
  }

  private static void text(String option, String where, String field) {
    set(option, where, field, DockerOptions::some);
  }

  private static void flag(String option, String where, String field) {
    set(option, where, field, OptionValue::flag);
  }

  private static void set(
      String option, String where, String field, Function<String, Object> read) {
    OPTIONS.put(option, (document, value) -> place(document, where).put(field, read.apply(value)));
  }

  private static void listed(
      String option, String where, String field, Function<String, Object> read) {
    OPTIONS.put(
        option,
        (document, value) -> {
          JsonObject place = place(document, where);
          JsonArray all = place.getJsonArray(field, new JsonArray());
          place.put(field, all.add(read.apply(value)));
        });
  }

  private static void named(String option, String where, String field) {
    OPTIONS.put(option, (document, value) -> name(place(document, where), field, value));
  }

  private static void name(JsonObject place, String field, String value) {
    String[] parts = some(value).split("=", 2);
    object(place, field).put(parts[0], parts.length == 2 ? parts[1] : "");
  }

  private static JsonObject log(JsonObject document) {
    return object(object(document, "HostConfig"), "LogConfig");
  }

  private static JsonObject place(JsonObject document, String where) {
    return where.isEmpty() ? document : object(document, where);
  }

  private static JsonObject object(JsonObject json, String key) {
    JsonObject inner = json.getJsonObject(key, new JsonObject());
    json.put(key, inner);
    return inner;
  }

  private static String some(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("it needs a value");
    }
    return value;
  }

  /** The options that are passed on, for the documentation's test. */
  static List<String> names() {
    return OPTIONS.keySet().stream().sorted().toList();
  }
}
