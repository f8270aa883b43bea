package io.dockherd.apps.compose;

import io.dockherd.compose.model.Isolation;
import io.dockherd.compose.model.Namespace;
import io.dockherd.compose.model.Security;
import io.dockherd.compose.model.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a container may do and how it is set apart, in an engine's words: of HostConfig. */
final class HostPart {
  private HostPart() {}

  /**
   * @param sharesMemory whether another container of the pod is to join its memory
   */
  static void write(Service service, boolean sharesMemory, Entries host, Findings findings) {
    Security security = service.security();
    host.flag("Privileged", security.isPrivileged())
        .texts("CapAdd", security.addedCapabilities())
        .texts("CapDrop", security.droppedCapabilities())
        .texts("SecurityOpt", options(service, findings))
        .map("Sysctls", security.sysctls())
        .items("Devices", devices(security.devices()))
        .texts("DeviceCgroupRules", security.deviceRules())
        .flag("Init", service.process().init())
        .text("PidMode", security.pid().flatMap(HostPart::word))
        .text("IpcMode", memory(service, sharesMemory, findings));
    isolation(service.isolation(), host);
    service
        .logging()
        .ifPresent(
            logging ->
                host.put(
                    "LogConfig",
                    new Entries()
                        .put("Type", logging.driver().orElse(""))
                        .map("Config", logging.options())
                        .json()));
  }

  private static void isolation(Isolation isolation, Entries host) {
    host.text("UTSMode", isolation.uts())
        .text("CgroupnsMode", isolation.cgroup())
        .text("UsernsMode", isolation.users())
        .text("Runtime", isolation.runtime())
        .texts("GroupAdd", isolation.groups())
        .map("StorageOpt", isolation.storageOptions())
        .map("Annotations", isolation.annotations())
        .text("CgroupParent", isolation.cgroupParent());
  }

  /** What the engine itself understands; a service of the pod is put in when its id is known. */
  static Optional<String> word(Namespace namespace) {
    return switch (namespace) {
      case Namespace.Named named -> Optional.of(named.word());
      case Namespace.OfContainer other -> Optional.of("container:" + other.container());
      case Namespace.OfService own -> Optional.empty();
    };
  }

  /** An engine lets nobody join a memory that was not made to be shared. */
  private static Optional<String> memory(Service service, boolean isShared, Findings findings) {
    Optional<Namespace> said = service.security().ipc();
    if (isShared && said.isEmpty()) {
      return Optional.of("shareable");
    }
    if (isShared
        && said.get() instanceof Namespace.Named(String word)
        && List.of("private", "none").contains(word)) {
      findings.refuse(
          "service " + service.name() + " has ipc: " + word + " and another shares its memory",
          "set it to shareable");
    }
    return said.flatMap(HostPart::word);
  }

  private static List<String> options(Service service, Findings findings) {
    for (String option : service.security().options()) {
      String plain = option.replaceFirst("[:=]", "=");
      if (plain.startsWith("seccomp=")
          && !plain.matches("seccomp=(unconfined|builtin|\\s*\\{[\\s\\S]*)")) {
        findings.refuse(
            "service "
                + service.name()
                + " names a seccomp profile in a file, which engines don't read",
            "write the profile's JSON itself, or seccomp=unconfined");
      }
    }
    return service.security().options();
  }

  private static JsonArray devices(List<Security.Device> devices) {
    JsonArray all = new JsonArray();
    devices.stream()
        .filter(device -> device.target().isPresent())
        .forEach(
            device ->
                all.add(
                    new JsonObject()
                        .put("PathOnHost", device.source())
                        .put("PathInContainer", device.target().orElseThrow())
                        .put("CgroupPermissions", device.permissions().orElse("rwm"))));
    return all;
  }

  /** Labels a person may not give, for the herd does. */
  static void checkLabels(String whose, Map<String, String> labels, Findings findings) {
    labels.keySet().stream()
        .filter(name -> name.startsWith("io.dockherd.") || name.startsWith("com.docker.compose."))
        .forEach(
            name ->
                findings.refuse(
                    whose + " has the label " + name + ", which is not for people to give",
                    "choose another name"));
  }
}
