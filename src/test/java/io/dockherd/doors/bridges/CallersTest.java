package io.dockherd.doors.bridges;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.access.Identity;
import io.vertx.core.net.SocketAddress;
import org.junit.jupiter.api.Test;

class CallersTest {
  @Test
  void localIsThisMachineOnly() {
    Identity here = Callers.inClear(SocketAddress.inetSocketAddress(1, "127.0.0.9"));
    Identity there = Callers.inClear(SocketAddress.inetSocketAddress(1, "10.0.0.9"));
    assertEquals(Identity.LOCAL, here.name());
    assertEquals(Identity.ANYBODY, there.name());
    assertEquals("bridge", there.door());
  }
}
