package io.dockherd.node.manage;

/** What classic Swarm's manager takes when nothing is said, as it would be written. */
public final class ManageDefaults {
  public static final String HOST = "tcp://127.0.0.1:2375";
  public static final String STRATEGY = "spread";
  public static final String REFRESH_MIN = "30s";
  public static final String REFRESH_MAX = "60s";
  public static final String HEARTBEAT = "60s";
  public static final String REPLICATION_TTL = "20s";
  public static final String CLUSTER_DRIVER = "swarm";
  public static final int RETRIES = 3;

  private ManageDefaults() {}
}
