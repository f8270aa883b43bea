package io.dockherd.apps.pods;

import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What variables in a pod's Compose files stand for: what Marathon gives its executors, and so what
 * such files are written with.
 */
final class TaskEnvironment {
  private TaskEnvironment() {}

  /** Of an instance; what the app says itself wins. */
  static Map<String, String> of(Revision revision, PodSource.ComposeFiles files, LateValues late) {
    Map<String, String> environment = given(revision, late);
    files.lateEnvironment().forEach((name, value) -> environment.put(name, late.fill(value)));
    environment.putAll(files.environment());
    return environment;
  }

  private static Map<String, String> given(Revision revision, LateValues late) {
    PodSpec pod = revision.config().pod();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("MARATHON_APP_ID", revision.path().value());
    environment.put("MARATHON_APP_VERSION", late.version());
    environment.put("MARATHON_APP_RESOURCE_CPUS", decimal(pod.resources().nanoCpus() / 1e9));
    environment.put(
        "MARATHON_APP_RESOURCE_MEM", decimal(pod.resources().memoryBytes() / 1048576.0));
    environment.put("MARATHON_APP_RESOURCE_DISK", decimal(pod.resources().diskBytes() / 1048576.0));
    environment.put("MARATHON_APP_RESOURCE_GPUS", Integer.toString(pod.resources().gpus()));
    environment.put("MESOS_TASK_ID", late.fill("{task}"));
    environment.put("HOST", late.host());
    List<Integer> ports = late.ports();
    for (int i = 0; i < ports.size(); i++) {
      String port = Integer.toString(ports.get(i));
      environment.put("PORT" + i, port);
      PortSpec spec = pod.ports().get(i);
      int asked = spec.containerPort() > 0 ? spec.containerPort() : ports.get(i);
      environment.put("PORT_" + asked, port);
      if (!spec.name().isEmpty()) {
        environment.put("PORT_" + variable(spec.name()), port);
      }
    }
    if (!ports.isEmpty()) {
      environment.put("PORT", Integer.toString(ports.getFirst()));
      environment.put(
          "PORTS", ports.stream().map(Object::toString).collect(Collectors.joining(",")));
    }
    return environment;
  }

  private static String decimal(double number) {
    return Double.toString(number);
  }

  private static String variable(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
  }
}
