package io.dockherd.doors.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private final Router router =
      new Router(
          List.of(
              route("GET", "/containers/json"),
              route("GET", "/containers/{name}/json"),
              route("POST", "/containers/create"),
              route("DELETE", "/containers/{name}"),
              route("DELETE", "/containers/{name}/checkpoints/{checkpoint}"),
              route("GET", "/images/{name}/json"),
              route("HEAD", "/_ping")));

  private static Route route(String method, String pattern) {
    return Route.read(method, pattern, "test", call -> Replies.empty(200));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /containers/json, /containers/json, {}",
    "GET, /v1.41/containers/json, /containers/json, {}",
    "GET, /containers/web/json, /containers/{name}/json, {name=web}",
    "GET, /v1.24/containers/node-1/web/json, /containers/{name}/json, {name=node-1/web}",
    "GET, /containers/node-1%2Fweb/json, /containers/{name}/json, {name=node-1/web}",
    "GET, /containers//web/json, /containers/{name}/json, {name=/web}",
    "GET, /containers/json/json, /containers/{name}/json, {name=json}",
    "GET, /containers/a+b/json, /containers/{name}/json, {name=a+b}",
    "DELETE, /containers/co, /containers/{name}, {name=co}",
    "DELETE, /containers/node-1/web, /containers/{name}, {name=node-1/web}",
    "'DELETE', /containers/n/w/checkpoints/c1, /containers/{name}/checkpoints/{checkpoint},"
        + " '{name=n/w, checkpoint=c1}'",
    "GET, /images/host:5000/a/b:1/json, /images/{name}/json, {name=host:5000/a/b:1}",
    "HEAD, /_ping, /_ping, {}"
  })
  void aPathLeadsSomewhere(String method, String path, String pattern, String names) {
    Router.Found found = router.find(method, path).orElseThrow();
    assertEquals(pattern, found.route().pattern());
    assertEquals(names, found.names().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /v1.41",
    "GET, /v1.41/",
    "GET, /containers",
    "GET, /containers/",
    "POST, /containers/json",
    "GET, /_ping",
    "GET, /v1/containers/json",
    "GET, /v1.2.3/containers/json",
    "GET, /v1.41/v1.41/containers/json",
    "GET, /CONTAINERS/json"
  })
  void orNowhere(String method, String path) {
    assertEquals(true, router.find(method, path).isEmpty());
  }

  @Test
  void theVersionIsRead() {
    assertEquals("1.41", Router.version("/v1.41/info").orElseThrow().toString());
    assertEquals("1.99", Router.version("/v1.99").orElseThrow().toString());
    assertEquals(true, Router.version("/info").isEmpty());
    assertEquals(true, Router.version("").isEmpty());
  }

  @Test
  void whatCannotBeDecodedIsSaid() {
    assertThrows(Invalid.class, () -> router.find("GET", "/containers/%zz/json"));
  }

  @Test
  void noPathLeadsToTwo() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Router(List.of(route("GET", "/info"), route("GET", "/info"))));
  }
}
