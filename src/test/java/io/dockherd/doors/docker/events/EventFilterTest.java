package io.dockherd.doors.docker.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import io.dockherd.fleet.events.HerdEvent;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
  private static final NodeMark HOST_1 = new NodeMark("host-1", "ABCD:1234", "10.0.0.1");
  private static final NodeMark HOST_2 = new NodeMark("host-2", "EFGH:5678", "10.0.0.2");

  /** What there is, by a letter each. */
  private static final Map<String, JsonObject> EVENTS =
      new TreeMap<>(
          Map.of(
              "a", container(HOST_1, "start", "4f1aaa", "web", "busybox:1.36"),
              "b", container(HOST_2, "die", "77bbbb", "web-2", "docker.io/library/nginx"),
              "c", container(HOST_2, "exec_start: sh -c x", "77bbbb", "web-2", "nginx"),
              "d", container(HOST_2, "health_status: healthy", "9cc", "db", "reg:5000/a/b:2"),
              "e", event(HOST_1, "image", "pull", "busybox:latest", "busybox", "local"),
              "f", event(HOST_1, "volume", "create", "data", "", "local"),
              "g", event(HOST_2, "network", "connect", "fedcba", "bridge", "local"),
              "h", event(HOST_2, "daemon", "reload", "EFGH:5678", "host-2", "local"),
              "i", event(HOST_2, "node", "lost", "host-2", "host-2", "swarm"),
              "j", event(HOST_1, "plugin", "enable", "0ab", "vieux/sshfs:latest", "local")));

  private static JsonObject container(
      NodeMark mark, String action, String id, String name, String image) {
    JsonObject json = raw("container", action, id, name, "local");
    json.put("from", image);
    json.getJsonObject("Actor")
        .getJsonObject("Attributes")
        .put("image", image)
        .put("tier", name.equals("db") ? "data" : "front")
        .put("com.x", "");
    return mark.on(new HerdEvent(mark.name(), "life", 1, 1, json));
  }

  private static JsonObject event(
      NodeMark mark, String type, String action, String id, String name, String scope) {
    return mark.on(new HerdEvent(mark.name(), "life", 1, 1, raw(type, action, id, name, scope)));
  }

  private static JsonObject raw(String type, String action, String id, String name, String scope) {
    JsonObject attributes = new JsonObject();
    if (!name.isEmpty()) {
      attributes.put("name", name);
    }
    return new JsonObject()
        .put("Type", type)
        .put("Action", action)
        .put("Actor", new JsonObject().put("ID", id).put("Attributes", attributes))
        .put("scope", scope);
  }

  /** An engine's answers (20.10) to the same filters where it has them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                        | abcdefghij",
        "{'type':['container']}                    | abcd",
        "{'type':{'container':true,'image':true}}  | abcde",
        "{'type':['nonsense']}                     | ''",
        "{'nonsense':['x']}                        | abcdefghij",
        "{'event':['start','die']}                 | ab",
        "{'event':['exec_start']}                  | c",
        "{'event':['exec_start','st']}             | ac",
        "{'event':['health_status']}               | d",
        "{'event':['health_status: healthy']}      | d",
        "{'container':['web']}                     | abc",
        "{'container':['web-2']}                   | bc",
        "{'container':['/web-2']}                  | bc",
        "{'container':['77bb']}                    | bc",
        "{'container':['host-2/web']}              | bc",
        "{'container':['host-1/web-2']}            | ''",
        "{'container':['host-1/web','db']}         | ad",
        "{'container':['da']}                      | f",
        "{'image':['busybox']}                     | ae",
        "{'image':['busybox:1.36']}                | a",
        "{'image':['busybox:latest']}              | e",
        "{'image':['nginx']}                       | bc",
        "{'image':['reg:5000/a/b']}                | d",
        "{'image':['reg']}                         | ''",
        "{'label':['tier']}                        | abcd",
        "{'label':['tier=front']}                  | abc",
        "{'label':['tier=front','com.x']}          | abc",
        "{'label':['tier=front','com.y']}          | ''",
        "{'label':['node.name=host-1']}            | aefj",
        "{'volume':['data']}                       | f",
        "{'network':['bridge']}                    | g",
        "{'daemon':['host-2']}                     | hi",
        "{'plugin':['vieux/sshfs']}                | j",
        "{'scope':['swarm']}                       | i",
        "{'node':['host-2']}                       | bcdghi",
        "{'node':['host']}                         | ''",
        "{'node':['ABCD']}                         | aefj",
        "{'node':['host-2'],'type':['container']}  | bcd",
        "{'node':['']}                             | ''",
        "{'service':['x']}                         | ''",
      })
  void whatFits(String filter, String wanted) {
    EventFilter rule = EventFilter.parse(filter.strip().replace('\'', '"'));
    String found =
        EVENTS.entrySet().stream()
            .filter(entry -> rule.includes(entry.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining());
    assertEquals(wanted.strip(), found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':                | invalid filter",
        "[]                      | invalid filter",
        "{'type':'container'}    | invalid filter",
        "{'type':[1]}            | invalid filter",
        "no                      | invalid filter",
      })
  void whatIsNoFilterIsSaid(String filter, String message) {
    Invalid refused =
        assertThrows(Invalid.class, () -> EventFilter.parse(filter.strip().replace('\'', '"')));
    assertEquals(true, refused.getMessage().startsWith(message.strip()), refused.getMessage());
  }

  @Test
  void anEventIsMarkedAsClassicSwarmDid() {
    JsonObject engines = raw("container", "start", "4f1", "web", "local").put("from", "busybox");
    String before = engines.encode();
    JsonObject marked = HOST_1.on(new HerdEvent("host-1", "life", 1, 1, engines));
    assertEquals(before, engines.encode());
    assertEquals("busybox node:host-1", marked.getString("from"));
    assertEquals(
        new JsonObject()
            .put("Name", "host-1")
            .put("Id", "ABCD:1234")
            .put("Addr", "10.0.0.1")
            .put("Ip", "10.0.0.1"),
        marked.getJsonObject("node"));
    JsonObject attributes = marked.getJsonObject("Actor").getJsonObject("Attributes");
    assertEquals("host-1", attributes.getString("node.name"));
    assertEquals("ABCD:1234", attributes.getString("node.id"));
    assertEquals("10.0.0.1", attributes.getString("node.addr"));
    assertEquals("10.0.0.1", attributes.getString("node.ip"));
    assertEquals("web", attributes.getString("name"));
  }
}
