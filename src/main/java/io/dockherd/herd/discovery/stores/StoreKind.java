package io.dockherd.herd.discovery.stores;

/** Which stores there are. */
public enum StoreKind {
  /** etcd, by its v3 API, or by v2 where there is no v3. */
  ETCD("etcd", 2379),
  CONSUL("consul", 8500),
  ZOOKEEPER("zk", 2181);

  private final String scheme;
  private final int port;

  StoreKind(String scheme, int port) {
    this.scheme = scheme;
    this.port = port;
  }

  /** What its URLs begin with. */
  public String scheme() {
    return scheme;
  }

  /** Where its servers usually listen. */
  public int port() {
    return port;
  }

  /** The directory at that place; asks nobody yet. */
  public Directory open(StorePlace place) {
    return switch (this) {
      case ETCD -> new EtcdDirectory(place);
      case CONSUL -> new ConsulDirectory(place);
      case ZOOKEEPER -> new ZooKeeperDirectory(place);
    };
  }
}
