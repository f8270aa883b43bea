/**
 * Key-value stores that hold a directory of addresses: etcd, Consul and ZooKeeper, laid out as
 * classic Swarm did, {@code PREFIX/docker/swarm/nodes/<host:port>} = {@code <host:port>}. Way in:
 * {@link io.dockherd.herd.discovery.stores.StoreKind#open}. Knows nothing of who reads the
 * addresses. Nothing of it is loaded before a store is asked for.
 */
package io.dockherd.herd.discovery.stores;
