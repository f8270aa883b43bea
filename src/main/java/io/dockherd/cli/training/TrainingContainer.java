package io.dockherd.cli.training;

/**
 * The one container of a training engine, told at the length and in the shapes of real ones: what
 * the JVM learns from reading shorter ones would not hold for them.
 *
 * @param name as {@code trained-a}
 * @param id 64 hexadecimal digits
 */
record TrainingContainer(String name, String id) {
  private static final String ENTRY =
      """
      {"Id":"%2$s","Names":["/%1$s"],"Image":"busybox","ImageID":"sha256:1","Command":"sh",
       "Created":1,"Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8000,"Type":"tcp"}],
       "Labels":{"app":"trained"},"State":"running","Status":"Up 1 second",
       "HostConfig":{"NetworkMode":"default"},"NetworkSettings":{"Networks":{"bridge":{
         "IPAMConfig":null,"Links":null,"Aliases":null,"NetworkID":"n","EndpointID":"%2$s",
         "Gateway":"172.17.0.1","IPAddress":"172.17.0.2","IPPrefixLen":16,"DriverOpts":null}}},
       "Mounts":[]}\
      """;

  private static final String INSPECTED =
      """
      {"Id":"%2$s","Created":"2026-01-01T00:00:00.123456789Z","Path":"sh","Args":["-c","sleep 9"],
       "State":{"Status":"running","Running":true,"Paused":false,"Restarting":false,
         "OOMKilled":false,"Dead":false,"Pid":4711,"ExitCode":0,"Error":"",
         "StartedAt":"2026-01-01T00:00:00.223456789Z","FinishedAt":"0001-01-01T00:00:00Z"},
       "Image":"sha256:1","ResolvConfPath":"/var/lib/docker/containers/%2$s/resolv.conf",
       "HostnamePath":"/var/lib/docker/containers/%2$s/hostname",
       "HostsPath":"/var/lib/docker/containers/%2$s/hosts",
       "LogPath":"/var/lib/docker/containers/%2$s/%2$s-json.log","Name":"/%1$s",
       "RestartCount":0,"Driver":"overlay2","Platform":"linux","ExecIDs":null,
       "HostConfig":{"Binds":null,"LogConfig":{"Type":"json-file","Config":{}},
         "NetworkMode":"default","PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8000"}]},
         "RestartPolicy":{"Name":"no","MaximumRetryCount":0},"AutoRemove":false,
         "VolumesFrom":null,"CapAdd":null,"CapDrop":null,"Dns":[],"DnsOptions":[],
         "ExtraHosts":null,"IpcMode":"private","Links":null,"OomScoreAdj":0,"Privileged":false,
         "SecurityOpt":null,"ShmSize":67108864,"Runtime":"runc","ConsoleSize":[0,0],
         "CpuShares":0,"Memory":0,"NanoCpus":0,"BlkioWeight":0,"BlkioWeightDevice":[],
         "CpuPeriod":0,"CpuQuota":0,"CpusetCpus":"","Devices":[],"MemoryReservation":0,
         "MemorySwap":0,"PidsLimit":null,"Ulimits":[],
         "MaskedPaths":["/proc/asound","/proc/acpi","/proc/kcore","/proc/keys","/sys/firmware"],
         "ReadonlyPaths":["/proc/bus","/proc/fs","/proc/irq","/proc/sys","/proc/sysrq-trigger"]},
       "GraphDriver":{"Data":{"LowerDir":"/var/lib/docker/overlay2/%2$s-init/diff",
         "MergedDir":"/var/lib/docker/overlay2/%2$s/merged",
         "UpperDir":"/var/lib/docker/overlay2/%2$s/diff",
         "WorkDir":"/var/lib/docker/overlay2/%2$s/work"},"Name":"overlay2"},
       "Mounts":[],"Config":{"Hostname":"trained","Domainname":"","User":"","Tty":false,
         "AttachStdin":false,"AttachStdout":true,"AttachStderr":true,"OpenStdin":false,
         "ExposedPorts":{"80/tcp":{}},"Env":["PATH=/usr/bin:/bin"],"Cmd":["sh","-c","sleep 9"],
         "Image":"busybox","Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,
         "Labels":{"app":"trained"}},
       "NetworkSettings":{"Bridge":"","SandboxID":"%2$s","HairpinMode":false,
         "Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8000"}]},
         "SandboxKey":"/var/run/docker/netns/1","EndpointID":"%2$s","Gateway":"172.17.0.1",
         "IPAddress":"172.17.0.2","IPPrefixLen":16,"MacAddress":"02:42:ac:11:00:02",
         "Networks":{"bridge":{"IPAMConfig":null,"Links":null,"Aliases":null,"NetworkID":"n",
           "EndpointID":"%2$s","Gateway":"172.17.0.1","IPAddress":"172.17.0.2",
           "IPPrefixLen":16,"MacAddress":"02:42:ac:11:00:02","DriverOpts":null}}}}\
      """;

  /** That of the node of that name. */
  static TrainingContainer of(String node) {
    return new TrainingContainer("trained-" + node, node.repeat(64));
  }

  /** As a list tells of it. */
  String entry() {
    return ENTRY.formatted(name, id);
  }

  /** As an inspect does. */
  String inspected() {
    return INSPECTED.formatted(name, id);
  }
}
