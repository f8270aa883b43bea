package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Tool;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.LabStore;
import io.dockherd.lab.OnLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hosts that know none of the others' addresses find them by a name, by calling out, or in a store.
 */
@OnLab(withNodes = false)
class NodesFindEachOtherLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final List<Integer> NUMBERS = List.of(1, 2, 3);

  @BeforeEach
  void allStop(LabHerd herd) {
    herd.lab().onAll(LabHost::stopNode);
  }

  @AfterEach
  void asUsual(LabHerd herd) {
    herd.lab().onAll(LabHost::stopNode);
  }

  @Test
  void byAllAddressesOfAName(LabHerd herd) throws IOException {
    for (LabHost host : hosts(herd)) {
      for (LabHost other : hosts(herd)) {
        // In place, as the host has the very file mounted.
        Files.writeString(
            hostsFile(host), other.address() + " herd.lab\n", StandardOpenOption.APPEND);
      }
    }
    start(herd, "--discovery=dns://herd.lab:7411");
  }

  @Test
  void byMulticast(LabHerd herd) {
    start(herd, "--discovery=multicast://");
  }

  @Test
  void byAStoreWhichTheyMayLose(LabHerd herd) {
    Tool.require("etcd");
    try (LabStore store = LabStore.on(herd.host(2))) {
      start(herd, "--discovery=etcd://" + store.address() + "/lab");
      herd.host(3).stopNode();
      herd.host(3).startNode("--discovery=etcd://" + store.address() + "/lab");
      herd.awaitMembers(NUMBERS.size(), LIMIT);
    }
    // They are a herd already, and need it no more.
    for (int host : NUMBERS) {
      assertEquals(List.of("host-1", "host-2", "host-3"), herd.nodesSeenBy(host));
    }
  }

  private static void start(LabHerd herd, String discovery) {
    hosts(herd).forEach(host -> host.startNode(discovery));
    hosts(herd).forEach(host -> host.awaitNode(LIMIT));
    herd.awaitMembers(NUMBERS.size(), LIMIT);
    for (int host : NUMBERS) {
      assertEquals(List.of("host-1", "host-2", "host-3"), herd.nodesSeenBy(host));
    }
  }

  private static Path hostsFile(LabHost host) {
    return host.engineSocket().resolveSibling("hosts");
  }

  private static List<LabHost> hosts(LabHerd herd) {
    return NUMBERS.stream().map(herd::host).toList();
  }
}
