package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecreationTest {
  private static final String ID = "0123456789ab" + "c".repeat(52);

  private static JsonObject inspected(String policies) {
    JsonObject json =
        new JsonObject(
            """
            {"Name":"/web","Config":{"Hostname":"0123456789ab","Image":"busybox","Cmd":["sh"],"Labels":{}},
             "HostConfig":{"NetworkMode":"front","Binds":["data:/data"],"Links":["/db:/web/store"]},
             "NetworkSettings":{"Networks":{
               "front":{"Aliases":["www","0123456789ab"],"NetworkID":"x","IPAddress":"172.18.0.2",
                 "IPAMConfig":null},
               "back":{"Aliases":null,"IPAMConfig":{"IPv4Address":"10.1.0.9"},"Gateway":"10.1.0.1"}}}}
            """);
    json.put("Id", ID);
    if (!policies.isEmpty()) {
      json.getJsonObject("Config")
          .getJsonObject("Labels")
          .put("com.docker.swarm.reschedule-policies", policies);
    }
    return json;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[\"off\"]", "on-node-failure", "[]", "{"})
  void withoutThePolicyNothingIsTold(String policies) {
    assertTrue(Recreation.of(inspected(policies)).isEmpty());
  }

  @Test
  void itHoldsWhatPeopleSaidAndNotWhatTheEngineMadeOfIt() {
    Recreation recreation = Recreation.of(inspected("[\"on-node-failure\"]")).orElseThrow();
    assertEquals(
        new JsonObject(
            """
            {"name":"web",
             "document":{"Image":"busybox","Cmd":["sh"],
               "Labels":{"com.docker.swarm.reschedule-policies":"[\\"on-node-failure\\"]"},
               "HostConfig":{"NetworkMode":"front","Binds":["data:/data"],"Links":["db:store"]},
               "NetworkingConfig":{"EndpointsConfig":{"front":{"Aliases":["www"]}}}},
             "networks":{"back":{"IPAMConfig":{"IPv4Address":"10.1.0.9"}}}}
            """),
        new JsonObject(recreation.json().encode()));
    assertEquals(
        recreation.json().encode(),
        Recreation.read(new JsonObject(recreation.json().encode())).json().encode());
  }

  @Test
  void aHostNameSomebodyChoseStays() {
    JsonObject inspected = inspected("[\"on-node-failure\"]");
    inspected.getJsonObject("Config").put("Hostname", "www");
    assertEquals("www", Recreation.of(inspected).orElseThrow().document().getString("Hostname"));
  }
}
