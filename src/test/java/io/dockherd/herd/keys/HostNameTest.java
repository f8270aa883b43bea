package io.dockherd.herd.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostNameTest {
  @Test
  void hostNamesAreToldFromEverythingElse() {
    for (String name : List.of("a", "host-1", "host_1", "a.b.c", "x1.example.com", "1a", "1.a")) {
      assertTrue(HostName.isValid(name), name);
    }
    for (String other :
        List.of(
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a",
            "a-",
            "a b",
            "*.a",
            "ä",
            "1",
            "10.0.0.1",
            "a.1",
            "::1",
            "x".repeat(64),
            "a.".repeat(127) + "ab")) {
      assertFalse(HostName.isValid(other), other);
    }
  }

  @Test
  void writtenAddressesAreReadAndNothingIsLookedUp() {
    assertEquals(Optional.of(InetAddress.ofLiteral("10.0.0.1")), HostName.literal("10.0.0.1"));
    assertEquals(Optional.of(InetAddress.ofLiteral("fd00::1")), HostName.literal("[fd00::1]"));
    assertEquals(Optional.of(InetAddress.ofLiteral("::1")), HostName.literal("::1"));
    for (String other :
        List.of("", "localhost", "10", "10.1", "010.0.0.256", "1.2.3.4.5", ":", "[]")) {
      assertEquals(Optional.empty(), HostName.literal(other), other);
    }
  }

  @Test
  void aCertificateNamesAddressesAsAddressesAndNamesAsNames() {
    assertEquals(new AlternativeName.Dns("host-1"), AlternativeName.of("host-1"));
    assertEquals(
        new AlternativeName.Ip(InetAddress.ofLiteral("10.0.0.1")), AlternativeName.of("10.0.0.1"));
    for (String wrong : List.of("*", "*.example.com", "a/b", "10.0.0", "")) {
      assertThrows(Invalid.class, () -> AlternativeName.of(wrong), wrong);
    }
  }
}
