package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an engine refuses of a container that joins another's network is said of the owner. */
class CommonNetworkTest {
  private static Map<String, JsonObject> documents(ContainerSpec... containers) {
    return CommonNetwork.documents(PodLayout.of(List.of(containers)));
  }

  private static ContainerSpec joiner(String name, String document) {
    return Specs.inNetworkOf(
        Specs.with(Specs.sleeper(name), new JsonObject(document.replace('\'', '"'))), "base");
  }

  private static ContainerSpec base(String document) {
    return Specs.with(Specs.sleeper("base"), new JsonObject(document.replace('\'', '"')));
  }

  @Test
  void theSeedsExampleIsOneAnEngineTakes() {
    Map<String, JsonObject> documents =
        documents(
            base("{'ExposedPorts':{'3000/tcp':{}}}"),
            joiner("redis", "{'ExposedPorts':{'6379/tcp':{}}}"),
            joiner("web", "{'HostConfig':{'Links':['redis'],'NetworkMode':'bridge'}}"));
    JsonObject web = documents.get("web");
    assertEquals(new JsonObject(), web.getJsonObject("HostConfig"));
    assertFalse(web.containsKey("ExposedPorts"));
    JsonObject base = documents.get("base");
    assertEquals(
        new JsonArray().add("redis:127.0.0.1").add("base:127.0.0.1").add("web:127.0.0.1"),
        base.getJsonObject("HostConfig").getJsonArray("ExtraHosts"));
    assertEquals(
        List.of("3000/tcp", "6379/tcp"),
        List.copyOf(base.getJsonObject("ExposedPorts").fieldNames()));
  }

  @Test
  void namesDnsAndHostsOfAJoinerGoToTheOwner() {
    Map<String, JsonObject> documents =
        documents(
            base("{'HostConfig':{'Dns':['9.9.9.9']}}"),
            joiner(
                "web",
                "{'Hostname':'shop','Domainname':'example.org','HostConfig':{'Dns':['1.1.1.1','9.9.9.9'],"
                    + "'DnsSearch':['x'],'ExtraHosts':['db:10.0.0.1'],'Links':['cache:redis']}}"));
    JsonObject base = documents.get("base");
    assertEquals("shop", base.getString("Hostname"));
    assertEquals("example.org", base.getString("Domainname"));
    JsonObject host = base.getJsonObject("HostConfig");
    assertEquals(new JsonArray().add("9.9.9.9").add("1.1.1.1"), host.getJsonArray("Dns"));
    assertEquals(new JsonArray().add("x"), host.getJsonArray("DnsSearch"));
    assertTrue(host.getJsonArray("ExtraHosts").contains("db:10.0.0.1"));
    assertTrue(host.getJsonArray("ExtraHosts").contains("redis:127.0.0.1"));
    JsonObject web = documents.get("web");
    assertFalse(web.containsKey("Hostname"));
    assertEquals(new JsonObject(), web.getJsonObject("HostConfig"));
  }

  @Test
  void twoHostNamesInOneNetworkAreRefusedWithBothContainers() {
    Invalid twice =
        assertThrows(
            Invalid.class,
            () -> documents(base("{'Hostname':'a'}"), joiner("web", "{'Hostname':'b'}")));
    assertTrue(twice.getMessage().contains("base and web"), twice::getMessage);
  }

  @Test
  void theOwnerAnswersToTheNamesOfAll() {
    Map<String, JsonObject> documents =
        documents(
            base("{'NetworkingConfig':{'EndpointsConfig':{'shop':{'Aliases':['base']}}}}"),
            joiner(
                "web",
                "{'NetworkingConfig':{'EndpointsConfig':{'shop':{'Aliases':['web']},'edge':{'Aliases':['w']}}}}"));
    JsonObject endpoints =
        documents.get("base").getJsonObject("NetworkingConfig").getJsonObject("EndpointsConfig");
    assertEquals(
        new JsonArray().add("base").add("web"),
        endpoints.getJsonObject("shop").getJsonArray("Aliases"));
    assertEquals(new JsonArray().add("w"), endpoints.getJsonObject("edge").getJsonArray("Aliases"));
    assertFalse(documents.get("web").containsKey("NetworkingConfig"));
  }

  @Test
  void containersByThemselvesAreLeftAlone() {
    ContainerSpec web = base("{'Hostname':'a','HostConfig':{'Dns':['1.1.1.1']}}");
    assertEquals(web.document(), documents(web).get("base"));
  }
}
