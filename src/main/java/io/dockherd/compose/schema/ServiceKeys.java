package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlScalar;
import java.util.regex.Pattern;

/** The keys of a service. What is missing here is refused. */
final class ServiceKeys {
  private static final Pattern CONTAINER_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{1,200}");
  private static final Pattern RESTART =
      Pattern.compile("no|false|always|unless-stopped|on-failure(?::[0-9]{1,9})?");
  private static final Pattern PULL_POLICY =
      Pattern.compile(
          "always|never|missing|if_not_present|build|daily|weekly|every_([0-9]{1,6}[wdhms])+");

  private static final String NO_WINDOWS = "engines on Linux do not know it";

  private static final Keys ATTACHMENT =
      Keys.of("a service's network")
          .honours("aliases", texts("aliases").unique())
          .honours("ipv4_address", Scalars.text())
          .honours("ipv6_address", Scalars.text())
          .honours("link_local_ips", texts("addresses").unique())
          .honours("mac_address", Scalars.text())
          .honours("priority", Scalars.whole(Integer.MIN_VALUE, Integer.MAX_VALUE))
          .honours("gw_priority", Scalars.whole(Integer.MIN_VALUE, Integer.MAX_VALUE))
          .honours("driver_opts", NamedTexts.plain())
          .honours("interface_name", Scalars.text());

  private static final Keys DEVICE =
      Keys.of("a device")
          .honours("source", Scalars.text())
          .honours("target", Scalars.text())
          .honours("permissions", Scalars.text())
          .requires("source");

  static final Keys SERVICE = limits(network(container(image(Keys.of("a service")))));

  private ServiceKeys() {}

  private static Keys image(Keys keys) {
    return keys.honours("image", Scalars.text())
        .honours("build", BuildKeys.BUILD)
        .honours(
            "pull_policy", Scalars.matching("a pull policy, as always or missing", PULL_POLICY))
        .honours("platform", Scalars.text())
        .honours("extends", DependencyKeys.EXTENDS)
        .honours("profiles", texts("profiles").unique())
        .honours("depends_on", DependencyKeys.DEPENDS_ON)
        .honours("deploy", DeployKeys.DEPLOY)
        .honours("scale", Scalars.whole(0, 100_000))
        .warns("attach", Scalars.flag(), "logs of all services can be followed at any time")
        .warns("develop", Anything.ANYTHING, "files are not watched on a herd of hosts")
        .refuses("provider", "run what it provides as a service")
        .warns("use_api_socket", Scalars.flag(), "no container is given an engine's socket unasked")
        .refuses("models", "run the model as a service, and name it in 'environment'")
        .honours("x-dockherd", HerdKeys.OF_SERVICE);
  }

  private static Keys container(Keys keys) {
    return keys.honours("command", new OrNothing(new CommandLine()))
        .honours("entrypoint", new OrNothing(new CommandLine()))
        .honours("environment", NamedTexts.orFromEnvironment())
        .honours("env_file", GrantKeys.ENV_FILES)
        .warns("label_file", texts("paths").orOne(), "labels are taken from 'labels' alone")
        .honours("working_dir", Scalars.text())
        .honours("user", Scalars.anyText())
        .honours("hostname", Scalars.text())
        .honours("domainname", Scalars.text())
        .honours("tty", Scalars.flag())
        .honours("stdin_open", Scalars.flag())
        .honours("labels", NamedTexts.plain())
        .honours("annotations", NamedTexts.plain())
        .honours("container_name", Scalars.matching("a container's name", CONTAINER_NAME))
        .honours("healthcheck", HealthKeys.HEALTHCHECK)
        .honours(
            "restart", Scalars.matching("no, always, unless-stopped or on-failure[:n]", RESTART))
        .honours("stop_signal", Scalars.anyText())
        .honours("stop_grace_period", Scalars.duration())
        .honours("init", Scalars.flag())
        .honours(
            "logging",
            new Forms.Logging(
                Keys.of("a logging")
                    .honours("driver", Scalars.text())
                    .honours("options", NamedTexts.plain())))
        .honours("configs", GrantKeys.CONFIGS)
        .honours("secrets", GrantKeys.SECRETS)
        .honours("volumes", Mounts.LIST)
        .honours("volumes_from", texts("services"))
        .honours("tmpfs", texts("paths").orOne().unique())
        .honours("post_start", HealthKeys.HOOKS)
        .honours("pre_stop", HealthKeys.HOOKS)
        .honours("pre_start", HealthKeys.HOOKS)
        .refuses("volume_driver", "name the driver where the volume is declared");
  }

  private static Keys network(Keys keys) {
    return keys.honours("ports", Ports.LIST)
        .honours("expose", Ports.EXPOSE)
        .honours(
            "networks",
            Forms.namesOr(
                new MapOf("networks", Names.NAME, ATTACHMENT, true),
                (name, where) -> YamlScalar.nothing(name.at())))
        .honours("network_mode", Scalars.text())
        .honours("links", texts("links").unique())
        .warns("external_links", texts("links"), "put both into one network instead")
        .honours("dns", texts("addresses").orOne().unique())
        .honours("dns_search", texts("domains").orOne().unique())
        .honours("dns_opt", texts("options").unique())
        .honours("extra_hosts", new Forms.Hosts())
        .warns("mac_address", Scalars.text(), "give it to one of the service's networks instead");
  }

  private static Keys limits(Keys keys) {
    Shape anyWhole = Scalars.whole(Long.MIN_VALUE, Long.MAX_VALUE);
    Shape count = Scalars.whole(0, Long.MAX_VALUE);
    return keys.honours("pid", Scalars.text())
        .honours("ipc", Scalars.text())
        .honours("uts", Scalars.choice("host"))
        .honours("cgroup", Scalars.choice("host", "private"))
        .honours("userns_mode", Scalars.text())
        .honours("cgroup_parent", Scalars.text())
        .honours("privileged", Scalars.flag())
        .honours("cap_add", texts("capabilities").unique())
        .honours("cap_drop", texts("capabilities").unique())
        .honours("security_opt", texts("options"))
        .honours("read_only", Scalars.flag())
        .honours("shm_size", Scalars.bytes())
        .honours("sysctls", NamedTexts.plain())
        .honours("ulimits", LimitKeys.ULIMITS)
        .honours(
            "devices",
            ListOf.of("devices", new ShortOrLong(Devices::expand, DEVICE)).unique(Devices::target))
        .honours("device_cgroup_rules", texts("rules"))
        .honours("gpus", LimitKeys.GPUS)
        .honours("cpus", Scalars.amount())
        .honours("cpu_shares", Scalars.amount())
        .honours("cpu_quota", anyWhole)
        .honours("cpu_period", count)
        .honours("cpu_rt_runtime", count)
        .honours("cpu_rt_period", count)
        .honours("cpuset", Scalars.anyText())
        .honours("cpu_count", count)
        .honours("cpu_percent", Scalars.amount())
        .honours("mem_limit", Scalars.bytes())
        .honours("mem_reservation", Scalars.bytes())
        .honours("memswap_limit", Scalars.bytes())
        .honours("mem_swappiness", Scalars.whole(0, 100))
        .honours("oom_kill_disable", Scalars.flag())
        .honours("oom_score_adj", Scalars.whole(-1000, 1000))
        .honours("pids_limit", Scalars.whole(-1, Integer.MAX_VALUE))
        .honours("blkio_config", BlockIoKeys.BLOCK_IO)
        .honours("storage_opt", NamedTexts.plain())
        .honours("group_add", ListOf.of("groups", Scalars.anyText()))
        .honours("runtime", Scalars.text())
        .warns("isolation", Scalars.text(), NO_WINDOWS)
        .warns("credential_spec", Anything.ANYTHING, NO_WINDOWS);
  }

  private static ListOf texts(String label) {
    return ListOf.of(label, Scalars.text());
  }
}
