package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a                          | a 7411",
        "a,b:7500                   | a 7411, b 7500",
        "a, b ,,c,                  | a 7411, b 7411, c 7411",
        "10.0.0.[1:3]               | 10.0.0.1 7411, 10.0.0.2 7411, 10.0.0.3 7411",
        "10.0.0.[9:10]:7500         | 10.0.0.9 7500, 10.0.0.10 7500",
        "rack[01:03].lan            | rack01.lan 7411, rack02.lan 7411, rack03.lan 7411",
        "[1:2].example:80           | 1.example 80, 2.example 80",
        "n[1:2]-[3:4]               | n1-3 7411, n1-4 7411, n2-3 7411, n2-4 7411",
        "[1:2]                      | 1 7411, 2 7411",
        "[7:7]                      | 7 7411",
        "[::1]                      | ::1 7411",
        "[fd00::12:1]:7500,b        | fd00::12:1 7500, b 7411",
        "[1:2:3:4:5:6:7:8]          | 1:2:3:4:5:6:7:8 7411",
        "[fe80::1%eth0]             | fe80::1%eth0 7411",
      })
  void hostsAreReadAsPeopleWriteThem(String text, String expected) {
    assertEquals(
        expected,
        HostList.parse(text, 7411).stream()
            .map(host -> host.host() + " " + host.port())
            .collect(Collectors.joining(", ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nodes://a:b",
        "nodes://a:0",
        "nodes://a:65536",
        "nodes://a:1:2",
        "nodes://fe80::1",
        "nodes://[3:1]",
        "nodes://[1:99999]",
        "nodes://[1:99].[1:99]",
        "nodes://[x:y]",
        "nodes://a[1:2",
        "nodes://a b",
        "nodes://http://a",
        "nodes://[::1]7",
        "dns://",
        "dns://a,b",
        "multicast://10.0.0.1",
        "multicast://group.example",
        "file://relative",
        "etcd://",
        "etcd://a:x",
        "consul://a,b",
        "zk:///prefix",
        "ftp://a",
        "a,b",
        "://",
      })
  void whatIsNotUnderstoodIsRefused(String url) {
    assertThrows(Invalid.class, () -> Discovery.of(url, "herd", 7411));
  }

  @Test
  void anUnknownSchemeIsToldWhichThereAre() {
    Invalid refusal =
        assertThrows(Invalid.class, () -> Discovery.of("carrier-pigeon://a", "herd", 1));
    for (String scheme : List.of("nodes://", "multicast://", "dns://", "file://", "etcd://")) {
      assertTrue(refusal.explanation().contains(scheme), refusal.explanation());
    }
  }

  @Test
  void nothingGivenLooksForNobody() {
    assertEquals(new Nowhere(), Discovery.of(" ", "herd", 7411));
    assertTrue(new Nowhere().find().isEmpty());
  }

  @Test
  void multicastMayLeaveOutGroupAndPort() {
    assertMulticast("multicast://", "", 7411);
    assertMulticast("multicast://:7500", "", 7500);
    assertMulticast("multicast://239.1.2.3", "239.1.2.3", 7411);
    assertMulticast("multicast://[ff05::1]:7500", "ff05:0:0:0:0:0:0:1", 7500);
  }

  private static void assertMulticast(String url, String group, int port) {
    MulticastCall call = assertInstanceOf(MulticastCall.class, Discovery.of(url, "herd", 7411));
    assertEquals(group, call.group().map(address -> address.getHostAddress()).orElse(""));
    assertEquals(port, call.port());
  }
}
