package io.dockherd.herd.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.stores.StorePlace;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "etcd://a                      =>  => a:2379         docker/swarm/nodes",
        "etcd://a/                     =>  => a:2379         docker/swarm/nodes",
        "etcd://a:1,b:2/lab            =>  => a:1,b:2        lab/docker/swarm/nodes",
        "etcd://10.0.0.[1:2]/lab       =>  => 10.0.0.1:2379,10.0.0.2:2379 lab/docker/swarm/nodes",
        "etcd://[fd00::1]:7,b//lab//x/ =>  => [fd00::1]:7,b:2379 lab/x/docker/swarm/nodes",
        "consul://a/lab                =>  => a:8500         lab/docker/swarm/nodes",
        "zk://a,b:3                    =>  => a:2181,b:3     docker/swarm/nodes",
        "etcd://a/lab  => kv.path=my/nodes => a:2379         lab/my/nodes",
        "etcd://a      => kv.path=/nodes/  => a:2379         nodes",
      })
  void placesAreReadAsPeopleWriteThem(String url, String options, String expected) {
    StorePlace place = StoreUrl.parse(url.strip(), options(options)).place();
    assertEquals(
        expected.strip().replaceAll(" +", " "),
        String.join(",", place.servers()) + " " + place.path());
    assertTrue(place.tls().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "etcd://          =>                      => no store is named",
        "etcd:///lab      =>                      => no store is named",
        "etcd://a:0       =>                      => no port",
        "etcd://a/../b    =>                      => no path of keys",
        "etcd://a/ö       =>                      => no path of keys",
        "etcd://a         => kv.path=/            => no path of keys",
        "consul://a,b     =>                      => consul does not support multiple endpoints",
        "etcd://a         => kv.pat=x             => there are kv.cacertfile, kv.certfile",
        "etcd://a         => kv.certfile=/a       => a certificate and its key",
        "etcd://a         => kv.keyfile=/a        => a certificate and its key",
        "etcd://a         => kv.cacertfile=/none  => TLS to the store can't be had",
      })
  void whatIsNotUnderstoodIsRefused(String url, String options, String complaint) {
    Invalid refusal =
        assertThrows(Invalid.class, () -> StoreUrl.parse(url.strip(), options(options)));
    assertTrue(refusal.explanation().contains(complaint.strip()), refusal.explanation());
  }

  @Test
  void aStoreCanNotKeepAddressesForLessThanItTakesToAskAgain() {
    assertThrows(
        Invalid.class,
        () -> StoredHosts.open("etcd://a", Map.of(), java.time.Duration.ofSeconds(9)));
  }

  private static Map<String, String> options(String written) {
    if (written == null || written.isBlank()) {
      return Map.of();
    }
    return Arrays.stream(written.strip().split(","))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }
}
