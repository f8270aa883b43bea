package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayedRequestTest {
  @ParameterizedTest
  @CsvSource({
    "/v1.41/containers/json, /containers/json",
    "/containers/json, /containers/json",
    "/v1.51/_ping, /_ping",
    "/v1.41/containers/a%20b/json, /containers/a%20b/json",
    "/v1.41/images/library%2Fbusybox/json, /images/library%2Fbusybox/json",
    "/v1.41/images/a..b/json, /images/a..b/json",
    "/v1.41/volumes/a+b, /volumes/a+b",
    "/v2/x, /v2/x",
  })
  void takesTheVersionOffAndNothingElse(String path, String expected) {
    assertEquals(expected, RelayedRequest.path(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "containers/json",
        "/v1.41/containers/../info",
        "/v1.41/containers/%2e%2e/info",
        "/v1.41/containers/x%2F..%2F..%2Finfo",
        "/v1.41/containers/./json",
        "/v1.41/containers/%0d%0aX/json",
        "/v1.41/containers/%00/json",
        "/v1.41/containers/%/json",
        "/v1.41/containers/%zz/json",
      })
  void refusesPathsThatClimbOrHideSomething(String path) {
    assertThrows(Invalid.class, () -> RelayedRequest.path(path));
  }
}
