package io.dockherd.apps.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, true",
    "93.184.216.34, true",
    "172.32.0.1, true",
    "2606:4700::1111, true",
    "127.0.0.1, false",
    "127.8.8.8, false",
    "0.0.0.0, false",
    "10.1.2.3, false",
    "172.16.0.1, false",
    "172.31.255.255, false",
    "192.168.1.1, false",
    "169.254.169.254, false",
    "100.64.0.1, false",
    "198.18.0.1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::1, false",
    "::, false",
    "fe80::1, false",
    "fd00::1, false",
    "ff02::1, false",
    "64:ff9b::7f00:1, false",
    "64:ff9b::101:101, true",
    "2002:7f00:1::1, false",
    "2002:a00:1::1, false",
  })
  void neighboursAreNotThePublicInternet(String address, boolean isPublic)
      throws UnknownHostException {
    assertEquals(isPublic, PublicAddress.is(InetAddress.getByName(address)));
  }

  @Test
  void anAddressOfVersionFourInOneOfVersionSixIsThatAddress() throws UnknownHostException {
    assertFalse(PublicAddress.is(InetAddress.getByName("::ffff:127.0.0.1")));
  }

  @Test
  void aNetworkHoldsWhatItsBitsSay() {
    assertTrue(Network.of("10.0.0.0/8").contains(InetAddress.ofLiteral("10.255.0.1")));
    assertFalse(Network.of("10.0.0.0/9").contains(InetAddress.ofLiteral("10.255.0.1")));
    assertTrue(Network.of("10.0.0.1").contains(InetAddress.ofLiteral("10.0.0.1")));
    assertFalse(Network.of("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/x", "1:2/8"})
  void whatIsNoNetworkIsTold(String text) {
    assertThrows(Invalid.class, () -> Network.of(text));
  }
}
