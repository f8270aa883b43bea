package io.dockherd.compose.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one canonical service. */
final class ServiceReader {
  private static final String ON_FAILURE = "on-failure";

  private final String project;
  private final Neighbours neighbours;

  ServiceReader(String project, Neighbours neighbours) {
    this.project = project;
    this.neighbours = neighbours;
  }

  Service read(String name, Fields service) {
    Fields deploy = service.at("deploy");
    OptionalInt said = service.integer("scale");
    OptionalInt replicas = deploy.integer("replicas");
    return new Service(
        name,
        service.text("image").orElse(project + "-" + name),
        service.maybe("build", ServiceReader::build),
        service.text("pull_policy"),
        service.text("platform"),
        service.text("container_name"),
        service.texts("profiles"),
        service.eachService("depends_on", (key, fields, value) -> dependency(fields)),
        process(service),
        service.maybe("healthcheck", ServiceReader::healthCheck),
        new Hooks(
            hooks("pre_start", service), hooks("post_start", service), hooks("pre_stop", service)),
        NetworkingReader.read(service, neighbours),
        StorageReader.read(service, neighbours),
        security(service),
        ResourcesReader.read(service),
        isolation(service),
        service.named("labels"),
        service.maybe(
            "logging", logging -> new Logging(logging.text("driver"), logging.named("options"))),
        restart(service, deploy),
        said.isPresent() ? said : replicas,
        deployment(deploy),
        HerdWishesReader.read(service.at("x-dockherd")));
  }

  private static Build build(Fields build) {
    return new Build(
        build.need("context"),
        build.text("dockerfile"),
        build.text("dockerfile_inline"),
        build.named("args"),
        build.text("target"),
        build.named("labels"),
        build.texts("tags"),
        build.texts("cache_from"),
        build.texts("extra_hosts"),
        build.text("network"),
        build.flag("no_cache"),
        build.flag("pull"),
        build.whole("shm_size"),
        ResourcesReader.ulimits(build),
        build.texts("platforms"),
        build.text("isolation"));
  }

  private static Dependency dependency(Fields need) {
    return new Dependency(
        switch (need.need("condition")) {
          case "service_healthy" -> Dependency.Condition.HEALTHY;
          case "service_completed_successfully" -> Dependency.Condition.COMPLETED;
          default -> Dependency.Condition.STARTED;
        },
        need.flag("restart"),
        need.maybeFlag("required").orElse(true));
  }

  private static Process process(Fields service) {
    return new Process(
        service.maybeTexts("command"),
        service.maybeTexts("entrypoint"),
        service.named("environment"),
        service.text("working_dir"),
        service.text("user"),
        service.text("hostname"),
        service.text("domainname"),
        service.flag("tty"),
        service.flag("stdin_open"),
        service.maybeFlag("init"),
        service.text("stop_signal"),
        service.duration("stop_grace_period"));
  }

  private static HealthCheck healthCheck(Fields health) {
    List<String> test = health.texts("test");
    return new HealthCheck(
        test,
        health.duration("interval"),
        health.duration("timeout"),
        health.integer("retries"),
        health.duration("start_period"),
        health.duration("start_interval"),
        health.flag("disable") || test.equals(List.of("NONE")));
  }

  private static List<Hooks.Hook> hooks(String key, Fields service) {
    return service.items(
        key,
        hook ->
            new Hooks.Hook(
                hook.texts("command"),
                hook.text("user"),
                hook.flag("privileged"),
                hook.text("working_dir"),
                hook.named("environment")));
  }

  private Security security(Fields service) {
    return new Security(
        service.flag("privileged"),
        service.texts("cap_add"),
        service.texts("cap_drop"),
        service.texts("security_opt"),
        service.text("pid").map(neighbours::namespace),
        service.text("ipc").map(neighbours::namespace),
        service.named("sysctls"),
        service.items(
            "devices",
            device ->
                new Security.Device(
                    device.need("source"), device.text("target"), device.text("permissions"))),
        service.texts("device_cgroup_rules"));
  }

  private static Isolation isolation(Fields service) {
    return new Isolation(
        service.text("uts"),
        service.text("cgroup"),
        service.text("userns_mode"),
        service.text("runtime"),
        service.texts("group_add"),
        service.named("storage_opt"),
        service.named("annotations"),
        service.text("cgroup_parent"));
  }

  private static Restart restart(Fields service, Fields deploy) {
    Optional<String> word = service.text("restart");
    Optional<Restart> policy =
        deploy.maybe(
            "restart_policy",
            said ->
                new Restart(
                    when(said.text("condition").orElse("any")),
                    said.integer("max_attempts"),
                    said.duration("delay"),
                    said.duration("window")));
    return policy.orElseGet(
        () -> {
          String text = word.orElse("");
          OptionalInt attempts =
              text.startsWith(ON_FAILURE + ":")
                  ? OptionalInt.of(Integer.parseInt(text.substring(ON_FAILURE.length() + 1)))
                  : OptionalInt.empty();
          return new Restart(when(text), attempts, Optional.empty(), Optional.empty());
        });
  }

  private static Restart.When when(String word) {
    return switch (word.replaceFirst(":.*", "")) {
      case "no", "false", "none" -> Restart.When.NEVER;
      case ON_FAILURE -> Restart.When.ON_FAILURE;
      case "always", "any" -> Restart.When.ALWAYS;
      case "unless-stopped" -> Restart.When.UNLESS_STOPPED;
      default -> Restart.When.UNSAID;
    };
  }

  private static Deployment deployment(Fields deploy) {
    Fields placement = deploy.at("placement");
    return new Deployment(
        switch (deploy.text("mode").orElse("replicated")) {
          case "global" -> Deployment.Mode.GLOBAL;
          case "replicated-job" -> Deployment.Mode.REPLICATED_JOB;
          case "global-job" -> Deployment.Mode.GLOBAL_JOB;
          default -> Deployment.Mode.REPLICATED;
        },
        placement.texts("constraints"),
        placement.items("preferences", preference -> preference.need("spread")),
        placement.integer("max_replicas_per_node").orElse(0),
        deploy.maybe("update_config", ServiceReader::rollout),
        deploy.maybe("rollback_config", ServiceReader::rollout),
        deploy.text("endpoint_mode"),
        deploy.named("labels"));
  }

  private static Deployment.Rollout rollout(Fields rollout) {
    return new Deployment.Rollout(
        rollout.integer("parallelism"),
        rollout.duration("delay"),
        rollout.text("failure_action"),
        rollout.duration("monitor"),
        rollout.decimal("max_failure_ratio"),
        rollout.text("order"));
  }
}
