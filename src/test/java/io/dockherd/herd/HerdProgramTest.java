package io.dockherd.herd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A program of one's own where there is no herd; {@code ForeignProgramLabTest} has it in one. */
class HerdProgramTest {
  private static final HerdKey KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whoeverMeetsNobodyIsToldWhereItLookedAndLeavesNothingOpen() throws IOException {
    int groupPort = freePort();
    int busPort = freePort();
    ProgramSettings settings =
        ProgramSettings.of("nobodys", "watcher", KEY, "nodes://127.0.0.1:1", "127.0.0.1")
            .withPorts(groupPort, busPort)
            .withMeeting(Duration.ofMillis(100));
    Unreachable failure = assertThrows(Unreachable.class, () -> HerdProgram.join(settings));
    assertEquals("nobodys", failure.subject());
    assertTrue(failure.getMessage().contains("nodes://127.0.0.1:1"), failure.getMessage());
    for (int port : new int[] {groupPort, busPort}) {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  @Test
  void aPortThatIsNoneIsRefused() {
    ProgramSettings settings = ProgramSettings.of("herd", "watcher", KEY, "", "127.0.0.1");
    assertThrows(Invalid.class, () -> settings.withPorts(-1, 0));
    assertThrows(Invalid.class, () -> settings.withPorts(0, 65_536));
  }
}
