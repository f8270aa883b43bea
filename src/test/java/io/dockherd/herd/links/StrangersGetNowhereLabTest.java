package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.KeyFile;
import io.dockherd.herd.keys.SecretFile;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody without the key, with another, or with a certificate that has expired, at real nodes.
 */
@OnLab
class StrangersGetNowhereLabTest {
  private static final String HERD = "dockherd";
  private static final int GROUP = 7411;
  private static final int BUS = 7412;
  private static final int RELAY = 7413;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void onNoneOfTheThreePorts(LabHerd herd) {
    HerdKey key = KeyFile.read(herd.lab().keyFile());
    Map<String, SSLContext> strangers = TestHerd.strangers(key, HERD, Instant.now());
    SSLContext member = Stranger.showing(TestHerd.leaf(key, HERD, Instant.now()));
    String host = herd.host(1).address();
    assertTrue(Knock.isServed(member, host, RELAY), "a member is served");
    for (int port : List.of(GROUP, BUS, RELAY)) {
      strangers.forEach(
          (who, stranger) ->
              assertTrue(Knock.isTurnedAway(stranger, host, port), who + " at " + port));
      assertTrue(Knock.isTurnedAway(member, host, port, "TLSv1.2"), "an older protocol at " + port);
    }
    herd.awaitMembers(3);
  }

  @Test
  void inClearTextOnNoneOfTheThreePorts(LabHerd herd) {
    String host = herd.host(1).address();
    byte[] http = "GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    // As a peer of a herd without a key begins: cookie, version, an address of no bytes.
    byte[] peer = {'b', 'e', 'l', 'a', 5, 5, 0, 0};
    for (int port : List.of(GROUP, BUS, RELAY)) {
      for (byte[] greeting : List.of(http, peer)) {
        assertTrue(Knock.isTurnedAwayInClearText(host, port, greeting), "clear text at " + port);
      }
    }
    herd.awaitMembers(3);
  }

  @Test
  void aNodeWithoutAKeyStaysAlone(LabHerd herd) {
    requireStayingAlone(herd, "--key-file=", "--insecure");
  }

  @Test
  void aNodeWithAnotherKeyStaysAlone(LabHerd herd) {
    Path other = folder.resolve("other.key");
    SecretFile.create(other, HerdKey.create(Instant.now(), Generation.VALIDITY).toPem());
    requireStayingAlone(herd, "--key-file=" + other);
  }

  @Test
  void aNodeOfAnotherHerdWithTheSameKeyStaysAlone(LabHerd herd) {
    requireStayingAlone(herd, "--herd=another");
  }

  private static void requireStayingAlone(LabHerd herd, String... differences) {
    herd.host(3).stopNode();
    herd.host(3)
        .startNode(
            Stream.concat(Stream.of("--data-dir=none"), Stream.of(differences))
                .toArray(String[]::new));
    try {
      herd.host(3).awaitNode(LIMIT);
      // In the time it takes a member to leave and come back, a stranger could have come as well.
      herd.host(2).killNode();
      awaitSeenBy(1, herd, List.of("host-1"));
      herd.host(2).startNodeAgain();
      herd.host(2).awaitNode(LIMIT);
      awaitSeenBy(1, herd, List.of("host-1", "host-2"));
      awaitSeenBy(2, herd, List.of("host-1", "host-2"));
      assertEquals(List.of("host-3"), herd.nodesSeenBy(3));
    } finally {
      herd.host(3).killNode();
      herd.host(3).startNode();
    }
  }

  private static void awaitSeenBy(int host, LabHerd herd, List<String> nodes) {
    Await.until(
        "host " + host + " sees " + nodes, LIMIT, () -> herd.nodesSeenBy(host).equals(nodes));
  }
}
