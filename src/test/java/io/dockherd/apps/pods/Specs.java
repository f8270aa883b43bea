package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.FileSpec;
import io.dockherd.apps.model.Hook;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Restart;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Containers and pods of tests, in few words. */
final class Specs {
  private Specs() {}

  /** A container of busybox that is killed at once when it is to stop. */
  static ContainerSpec container(String name, String... command) {
    JsonObject document =
        new JsonObject()
            .put("Image", "busybox")
            .put("StopSignal", "SIGKILL")
            .put("Cmd", new JsonArray(List.of(command)));
    return ContainerSpec.plain(name, "shop-" + name + "-{slot}", document);
  }

  static ContainerSpec sleeper(String name) {
    return container(name, "sleep", "1000");
  }

  static ContainerSpec with(ContainerSpec spec, JsonObject more) {
    return of(
        spec,
        spec.document().copy().mergeIn(more, true),
        spec.shares(),
        spec.dependsOn(),
        spec.restart(),
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.volumesFrom());
  }

  static ContainerSpec inNetworkOf(ContainerSpec spec, String owner) {
    return of(
        spec,
        spec.document(),
        new ContainerSpec.Shares(owner, "", ""),
        spec.dependsOn(),
        spec.restart(),
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.volumesFrom());
  }

  static ContainerSpec sharing(ContainerSpec spec, ContainerSpec.Shares shares) {
    return of(
        spec,
        spec.document(),
        shares,
        spec.dependsOn(),
        spec.restart(),
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.volumesFrom());
  }

  static ContainerSpec after(ContainerSpec spec, String other, Dependency.Condition condition) {
    Map<String, Dependency> all = new LinkedHashMap<>(spec.dependsOn());
    all.put(other, new Dependency(condition, false, true));
    return depending(spec, all);
  }

  static ContainerSpec depending(ContainerSpec spec, Map<String, Dependency> all) {
    return of(
        spec,
        spec.document(),
        spec.shares(),
        all,
        spec.restart(),
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.volumesFrom());
  }

  static ContainerSpec restarting(ContainerSpec spec, Restart restart) {
    return of(
        spec,
        spec.document(),
        spec.shares(),
        spec.dependsOn(),
        restart,
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.volumesFrom());
  }

  static ContainerSpec onFailure(ContainerSpec spec, int attempts) {
    return restarting(
        spec,
        new Restart(Restart.When.ON_FAILURE, attempts, Duration.ZERO, Duration.ofSeconds(10)));
  }

  static ContainerSpec holding(ContainerSpec spec, FileSpec... files) {
    return of(
        spec,
        spec.document(),
        spec.shares(),
        spec.dependsOn(),
        spec.restart(),
        List.of(files),
        spec.postStart(),
        spec.preStop(),
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.volumesFrom());
  }

  static ContainerSpec hooked(ContainerSpec spec, List<String> postStart, List<String> preStop) {
    return of(
        spec,
        spec.document(),
        spec.shares(),
        spec.dependsOn(),
        spec.restart(),
        spec.files(),
        hooks(postStart),
        hooks(preStop),
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.volumesFrom());
  }

  static ContainerSpec late(
      ContainerSpec spec, Map<String, String> environment, Map<String, String> labels) {
    return of(
        spec,
        spec.document(),
        spec.shares(),
        spec.dependsOn(),
        spec.restart(),
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        environment,
        labels,
        spec.volumesFrom());
  }

  static ContainerSpec takingVolumes(ContainerSpec spec, Map<String, String> from) {
    return of(
        spec,
        spec.document(),
        spec.shares(),
        spec.dependsOn(),
        spec.restart(),
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        spec.lateEnvironment(),
        spec.lateLabels(),
        from);
  }

  private static List<Hook> hooks(List<String> command) {
    return command.isEmpty() ? List.of() : List.of(new Hook(command, "", false, "", Map.of()));
  }

  private static ContainerSpec of(
      ContainerSpec spec,
      JsonObject document,
      ContainerSpec.Shares shares,
      Map<String, Dependency> dependsOn,
      Restart restart,
      List<FileSpec> files,
      List<Hook> postStart,
      List<Hook> preStop,
      Map<String, String> lateEnvironment,
      Map<String, String> lateLabels,
      Map<String, String> volumesFrom) {
    return new ContainerSpec(
        spec.name(),
        spec.containerName(),
        document,
        spec.pull(),
        lateEnvironment,
        lateLabels,
        shares,
        volumesFrom,
        dependsOn,
        restart,
        files,
        postStart,
        preStop,
        spec.stopAfter());
  }

  static PortSpec port(String container, int inside, int onHost) {
    return new PortSpec("", container, inside, "tcp", "", onHost, 0, new JsonObject());
  }

  static AppConfig service(PodSpec pod) {
    return AppConfig.service(pod);
  }

  static AppConfig service(ContainerSpec... containers) {
    return AppConfig.service(PodSpec.of(List.of(containers)));
  }

  static AppConfig job(ContainerSpec... containers) {
    return kind(service(containers), AppConfig.Kind.JOB);
  }

  static AppConfig kind(AppConfig config, AppConfig.Kind kind) {
    return new AppConfig(
        kind,
        config.isGlobal(),
        config.pod(),
        config.placement(),
        config.checks(),
        config.update(),
        config.backoff(),
        config.onSplit(),
        config.dependencies(),
        config.killSelection(),
        config.labels(),
        config.origin());
  }

  static PodSpec pod(List<PortSpec> ports, ContainerSpec... containers) {
    PodSpec plain = PodSpec.of(List.of(containers));
    return new PodSpec(
        plain.source(),
        ports,
        plain.networks(),
        plain.volumes(),
        plain.artifacts(),
        plain.failure(),
        plain.resources());
  }

  static PodSpec failing(PodSpec pod, PodSpec.FailurePolicy policy) {
    return new PodSpec(
        pod.source(),
        pod.ports(),
        pod.networks(),
        pod.volumes(),
        pod.artifacts(),
        policy,
        pod.resources());
  }
}
