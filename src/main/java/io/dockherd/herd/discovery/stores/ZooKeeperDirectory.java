package io.dockherd.herd.discovery.stores;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.KeeperException.NodeExistsException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.Stat;

/**
 * A directory in ZooKeeper. An address is an ephemeral node: it goes with the session of whoever
 * made it, soon after its death, whatever time to live was asked for.
 */
final class ZooKeeperDirectory implements Directory {
  /** The server allows 20 of its ticks at most: 40 s unless somebody set them. */
  private static final Duration SESSION = Duration.ofSeconds(15);

  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
  private static final int CLOSING_MILLIS = 1000;

  private final StorePlace place;
  private volatile Optional<ZooKeeper> client = Optional.empty();
  private volatile CountDownLatch change = new CountDownLatch(1);

  ZooKeeperDirectory(StorePlace place) {
    this.place = place;
  }

  @Override
  public Listing read() throws InterruptedException {
    return answered(
        zoo -> {
          CountDownLatch next = new CountDownLatch(1);
          change = next;
          List<String> values = new ArrayList<>();
          for (String child : children(zoo, next)) {
            if (values.size() < VALUES_MAX) {
              value(zoo, path() + "/" + child).ifPresent(values::add);
            }
          }
          return new Listing(values, 0);
        });
  }

  /** Makes the directory where there is none yet: only what is there can be watched. */
  private List<String> children(ZooKeeper zoo, CountDownLatch changed)
      throws KeeperException, InterruptedException {
    try {
      return zoo.getChildren(path(), event -> changed.countDown());
    } catch (NoNodeException e) {
      makeDirectory(zoo);
      return zoo.getChildren(path(), event -> changed.countDown());
    }
  }

  private void makeDirectory(ZooKeeper zoo) throws KeeperException, InterruptedException {
    StringBuilder path = new StringBuilder();
    for (String part : place.path().split("/")) {
      path.append('/').append(part);
      try {
        zoo.create(path.toString(), new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      } catch (NodeExistsException e) {
        // Somebody else was faster, or it is older than us.
      }
    }
  }

  /** Empty when it is gone since it was listed. */
  private static Optional<String> value(ZooKeeper zoo, String node)
      throws KeeperException, InterruptedException {
    try {
      return Optional.of(text(zoo.getData(node, false, null)));
    } catch (NoNodeException e) {
      return Optional.empty();
    }
  }

  @Override
  public void awaitChange(Listing since, Duration limit) throws InterruptedException {
    change.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void register(String address, Duration ttl) throws InterruptedException {
    answered(
        zoo -> {
          String node = "/" + place.key(address);
          Stat stat = new Stat();
          try {
            byte[] held = zoo.getData(node, false, stat);
            if (stat.getEphemeralOwner() == zoo.getSessionId() && text(held).equals(address)) {
              return true;
            }
            // Of a life before this one, or somebody else's: it may go at any moment.
            zoo.delete(node, -1);
          } catch (NoNodeException e) {
            // As it should be before the first time.
          }
          return create(zoo, node, address);
        });
  }

  private boolean create(ZooKeeper zoo, String node, String address)
      throws KeeperException, InterruptedException {
    byte[] value = address.getBytes(StandardCharsets.UTF_8);
    try {
      zoo.create(node, value, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
    } catch (NoNodeException e) {
      makeDirectory(zoo);
      zoo.create(node, value, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
    }
    return true;
  }

  /** Ends the session, and with it what was put in. */
  @Override
  public void withdraw() throws InterruptedException {
    if (client.isPresent()) {
      client.get().close(CLOSING_MILLIS);
      client = Optional.empty();
    }
  }

  private interface Work<T> {
    T on(ZooKeeper zoo) throws KeeperException, InterruptedException;
  }

  private <T> T answered(Work<T> work) throws InterruptedException {
    try {
      return work.on(client());
    } catch (KeeperException e) {
      if (e.code() == Code.REQUESTTIMEOUT) {
        abandon();
      }
      throw failure(e);
    }
  }

  /**
   * A server that was only just starting may have overheard the greeting, and the client would wait
   * for the answer as long as a session lives. It says good-bye as long, so that is not waited for.
   */
  private void abandon() {
    ZooKeeper silent = client.orElseThrow();
    client = Optional.empty();
    Thread.ofVirtual()
        .name("zookeeper-close")
        .start(
            () -> {
              try {
                silent.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private Failure failure(KeeperException e) {
    String store = String.join(",", place.servers());
    return switch (e.code()) {
      case CONNECTIONLOSS, OPERATIONTIMEOUT, REQUESTTIMEOUT, SESSIONEXPIRED ->
          new Unreachable(store, "the store at " + store + " can't be reached: " + e.code(), "", e);
      default ->
          new Refused(
              store,
              "the store at " + store + " answers: " + e.getMessage(),
              "is that the right path, and may this host write there?",
              e);
    };
  }

  /**
   * Connects again by itself until the server has forgotten the session; then there is a new one.
   */
  private ZooKeeper client() {
    if (client.isPresent() && client.get().getState().isAlive()) {
      return client.get();
    }
    ZKClientConfig config = new ZKClientConfig();
    config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
    config.setProperty(
        ZKClientConfig.ZOOKEEPER_REQUEST_TIMEOUT, Long.toString(REQUEST_LIMIT.toMillis()));
    try {
      ZooKeeper zoo =
          new ZooKeeper(
              String.join(",", place.servers()),
              (int) SESSION.toMillis(),
              event -> change.countDown(),
              config);
      client = Optional.of(zoo);
      return zoo;
    } catch (IOException e) {
      throw new Unreachable(
          String.join(",", place.servers()), "can't ask a store: " + e.getMessage(), "", e);
    }
  }

  private String path() {
    return "/" + place.path();
  }

  private static String text(byte[] value) {
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      withdraw();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
