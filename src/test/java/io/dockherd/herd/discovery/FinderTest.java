package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.group.Finder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each way of discovery finds. */
class FinderTest {
  @TempDir Path directory;

  @Test
  void aFileIsReadAnewEachTime() throws IOException {
    Path file = directory.resolve("nodes");
    Discovery discovery = Discovery.of(file.toUri().toString(), "herd", 7411);
    assertTrue(discovery.find().isEmpty(), "it is not there yet");
    Files.writeString(file, "# ours\n127.0.0.1\n\n127.0.0.2:7500, 127.0.0.3 # and these\n");
    assertEquals(
        Set.of(at("127.0.0.1", 7411), at("127.0.0.2", 7500), at("127.0.0.3", 7411)),
        discovery.find());
    Files.writeString(file, "127.0.0.[4:5]");
    assertEquals(Set.of(at("127.0.0.4", 7411), at("127.0.0.5", 7411)), discovery.find());
    Files.writeString(file, "?");
    assertThrows(Invalid.class, discovery::find);
  }

  @Test
  void namesAreLookedUpAndUnknownOnesLeftOut() {
    Discovery discovery = Discovery.of("nodes://localhost,no-such-host.invalid", "herd", 7411);
    assertTrue(discovery.find().contains(at("127.0.0.1", 7411)));
  }

  @Test
  void allAddressesOfANameAreFound() {
    Discovery discovery = Discovery.of("dns://localhost:7500", "herd", 7411);
    assertTrue(discovery.find().contains(at("127.0.0.1", 7500)));
  }

  @Test
  void hostsAndPortsOfAServiceAreFound() throws IOException {
    try (NameServer server = new NameServer(List.of("127.0.0.1:7500", "localhost:7501"))) {
      ServiceRecords records = new ServiceRecords("dns://127.0.0.1:" + server.port() + "/");
      ResolvedName discovery =
          new ResolvedName(new HostPort("_group._tcp.example.org", 7411), records);
      assertTrue(discovery.find().contains(at("127.0.0.1", 7500)), "by address");
      assertTrue(discovery.find().contains(at("127.0.0.1", 7501)), "by name");
    }
  }

  @Test
  void thoseOfOneHerdHearEachOtherByMulticast() {
    int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
    String url = "multicast://239.255.74.11:" + port;
    try (Finder one = Discovery.of(url, "herd", 7411);
        Finder two = Discovery.of(url, "herd", 7411);
        Finder stranger = Discovery.of(url, "another", 7411)) {
      one.announce(at("127.0.0.1", 7001));
      two.announce(at("127.0.0.2", 7002));
      stranger.announce(at("127.0.0.3", 7003));
      assertEquals(Set.of(at("127.0.0.2", 7002)), one.find());
      assertEquals(Set.of(at("127.0.0.1", 7001)), two.find());
      assertEquals(Set.of(), stranger.find());
    }
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
