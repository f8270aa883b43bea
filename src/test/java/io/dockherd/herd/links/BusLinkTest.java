package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.herd.bus.BusSettings;
import io.dockherd.herd.bus.HerdBus;
import io.dockherd.herd.bus.HerdClusterManager;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.keys.HerdKey;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets somewhere on the bus's port, and for how long. */
class BusLinkTest {
  /** It reports every refused connection. */
  private static final Logger VERTX_LOG = Logger.getLogger("io.vertx.core");

  private final InMemoryGroups groups = new InMemoryGroups();
  private final List<Vertx> started = new ArrayList<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(TestHerd.NOW);
  private final Vertx one = start(tls(TestHerd.KEY, "host-1"), true);
  private int portOfOne;

  @BeforeEach
  void silence() {
    VERTX_LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    started.forEach(vertx -> vertx.close().await());
    groups.close();
    VERTX_LOG.setLevel(null);
  }

  private LinkTls tls(HerdKey key, String node) {
    return new LinkTls(key, "herd", node, List.of(TestHerd.LOOPBACK), now::get);
  }

  private Vertx start(LinkTls tls, boolean isOne) {
    Group group = groups.newPeer();
    HerdClusterManager manager = new HerdClusterManager(group);
    group.join();
    Vertx vertx = HerdBus.start(manager, BusSettings.of(TestHerd.LOOPBACK, 0), tls);
    if (isOne) {
      portOfOne = manager.getNodeInfo().port();
    }
    started.add(vertx);
    return vertx;
  }

  private void requireReaching(Vertx from) {
    Object answer = from.eventBus().request("one", "?").await().body();
    assertEquals("here", answer);
  }

  @Test
  void strangersGetNowhere() {
    TestHerd.strangers().forEach((why, who) -> assertTrue(Knock.isTurnedAway(who, portOfOne), why));
    assertTrue(
        Knock.isTurnedAway(TestHerd.member("host-2").sslContext(), portOfOne, "TLSv1.2"),
        "TLS 1.2");
  }

  @Test
  void aLeafIsRenewedWhileTheBusGoesOn() {
    one.eventBus().consumer("one", message -> message.reply("here")).completion().await();
    requireReaching(start(tls(TestHerd.KEY, "host-2"), false));
    // All leaves of the start have expired: whoever connects now does it with a new one.
    now.set(TestHerd.NOW.plus(Duration.ofDays(30)));
    requireReaching(start(tls(TestHerd.KEY, "host-3"), false));
  }
}
