package io.dockherd.doors.docker.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a list tells of the node. */
class NamesAndPlacesTest {
  @Test
  void thePlainNameComesFirst() {
    assertEquals(List.of("/web", "/host-1/web"), NameForm.PLAIN.of("host-1", List.of("web")));
    assertEquals(List.of("/host-1/web"), NameForm.SWARM.of("host-1", List.of("web")));
  }

  @Test
  void aPublishedPortHasItsNodesAddressAndIsShownOnce() {
    JsonArray ports =
        new JsonArray(
            """
            [{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
             {"IP":"::","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
             {"IP":"127.0.0.1","PrivatePort":81,"PublicPort":8081,"Type":"tcp"},
             {"PrivatePort":82,"Type":"tcp"}]""");
    assertEquals(
        new JsonArray(
            """
            [{"IP":"10.0.0.1","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
             {"IP":"127.0.0.1","PrivatePort":81,"PublicPort":8081,"Type":"tcp"},
             {"PrivatePort":82,"Type":"tcp"}]"""),
        new PublishedPorts("10.0.0.1").listed(ports));
  }

  @Test
  void anAddressThatSaysNothingElsewhereIsNotPutIn() {
    JsonObject ports = new JsonObject("{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"1\"}]}");
    assertEquals(ports, new PublishedPorts("127.0.0.1").inspected(ports));
    assertEquals(ports, new PublishedPorts("host-1.example").inspected(ports));
    assertEquals(
        new JsonObject(
            "{\"80/tcp\":[{\"HostIp\":\"10.0.0.1\",\"HostPort\":\"1\"}],\"81/tcp\":null}"),
        new PublishedPorts("10.0.0.1").inspected(ports.copy().putNull("81/tcp")));
  }
}
