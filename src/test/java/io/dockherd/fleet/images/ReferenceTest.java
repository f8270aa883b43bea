package io.dockherd.fleet.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String DIGEST =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "redis, redis:latest",
    "library/redis, redis:latest",
    "docker.io/redis:6, redis:6",
    "index.docker.io/library/redis:6, redis:6",
    "docker.io/library/redis, redis:latest",
    "someone/redis, someone/redis:latest",
    "docker.io/someone/redis, someone/redis:latest",
    "library/some/redis, library/some/redis:latest",
    "localhost/redis, localhost/redis:latest",
    "localhost:5000/x/y:1, localhost:5000/x/y:1",
    "registry.example.com/redis, registry.example.com/redis:latest",
    "a__b--c/d.e:V1_.-x, a__b--c/d.e:V1_.-x",
    "Example/redis, Example/redis:latest",
    "[fe80:0::1]:5000/x, [fe80:0::1]:5000/x:latest",
  })
  void isWrittenAsAnEngineListsIt(String written, String listed) {
    assertEquals(listed, Reference.parse(written).listed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis@", "library/redis@", "redis:6@"})
  void aDigestSaysMoreThanATag(String name) {
    assertEquals("redis@" + DIGEST, Reference.parse(name + DIGEST).listed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "redis:",
        ":6",
        "redis: 6",
        "Redis",
        "a/B",
        "a..b",
        "-a",
        "a-",
        "a___b",
        "a//b",
        "/a",
        "a/",
        "../../etc",
        "a/../b",
        "a?x=1",
        "a%2fb",
        "a\nb",
        "redis@sha256:12",
        "redis@" + DIGEST + "x!",
        "redis:.hidden",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "ä",
      })
  void whatIsNoNameIsRefused(String text) {
    assertThrows(Invalid.class, () -> Reference.parse(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 2_000, 200_000})
  void theLongestHostileNameIsRefusedAtOnce(int length) {
    assertThrows(Invalid.class, () -> Reference.parse("a.".repeat(length / 2) + "!"));
    assertThrows(Invalid.class, () -> Reference.parse("a" + "-".repeat(length) + "!"));
    assertThrows(Invalid.class, () -> Reference.parse("a:" + "b".repeat(length)));
  }
}
