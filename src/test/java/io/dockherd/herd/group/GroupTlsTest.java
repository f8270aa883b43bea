package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.LinkTls;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who holds the key is in; who doesn't gets nowhere and disturbs nobody. */
class GroupTlsTest {
  private static final HerdKey KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);

  private final Loopback net = new Loopback();

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void holdersOfTheKeyMeet() {
    net.join(Optional.of(context(KEY, "one", "127.0.0.1")));
    net.join(Optional.of(context(KEY, "two", "127.0.0.1")));
    net.join(Optional.of(context(KEY, "three", "127.0.0.1")));
    net.awaitAllPresent();
  }

  @Test
  void aHolderThatDiesIsNoticedBeforeItsSilence() {
    net.tuned(Loopback::takesAMinute);
    net.join(Optional.of(context(KEY, "one", "127.0.0.1")));
    net.join(Optional.of(context(KEY, "two", "127.0.0.1")));
    Loopback.Peer third = net.join(Optional.of(context(KEY, "three", "127.0.0.1")));
    net.awaitAllPresent();
    net.crash(third);
    net.awaitAllPresent(Loopback.BEFORE_SILENCE);
  }

  @Test
  void theHolderOfAnotherKeyStaysAlone() {
    HerdKey other = HerdKey.create(Instant.now(), Generation.VALIDITY);
    staysAlone(Optional.of(context(other, "two", "127.0.0.1")));
  }

  @Test
  void oneWithoutAKeyStaysAlone() {
    staysAlone(Optional.empty());
  }

  private void staysAlone(Optional<SSLContext> tls) {
    Loopback.Peer one = net.join(Optional.of(context(KEY, "one", "127.0.0.1")));
    Loopback.Peer stranger = net.prepare(tls);
    stranger.group.join();
    net.join(Optional.of(context(KEY, "three", "127.0.0.1")));
    net.awaitAllPresent();
    assertEquals(1, stranger.listener.view().peers().size());
    assertEquals(2, one.listener.view().peers().size());
    stranger.group.close();
  }

  private static SSLContext context(HerdKey key, String node, String address) {
    return new LinkTls(key, "herd", node, List.of(address), InstantSource.system()).sslContext();
  }
}
