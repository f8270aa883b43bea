package io.dockherd.doors.manifests.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Forms and keys as anybody may send them. */
class FormTest {
  private static String random(Random random, String alphabet, int longest) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(longest); left > 0; left--) {
      int at = random.nextInt(alphabet.length());
      text.append(alphabet.charAt(at));
    }
    return text.toString();
  }

  @Test
  void whatWasEncodedIsReadBack() {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      String value = random(random, "{}\"&=+%; \n\té€?#/", 40);
      String body = "a=1&value=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&b";
      assertEquals(Optional.of(value), Form.parse(body, "value=other").text("value"));
      assertEquals(Optional.of(""), Form.parse(body, "").text("b"));
    }
  }

  @Test
  void whateverComesIsReadOrRefusedInEtcdsWords() {
    Random random = new Random(6);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      String query =
          random(random, "prevIndexwaitvaluettlsorteddirquorum=&%0123456789truefalse+", 60);
      String path = random(random, "/apps.%2Fe0fmanifest+é", 40);
      try {
        KeyRequest.of("PUT", Form.parse(query, "waitIndex=3&" + query));
        Key key = Key.parse(path);
        assertEquals(key, Key.parse(key.toString().replace("%", "%25")), path);
      } catch (KeyError e) {
        refused++;
        assertTrue(e.code().status() == 400, query);
      }
    }
    assertTrue(refused > 100, "the alphabet makes mistakes");
  }

  @Test
  void aKeyNeverLeadsAboveTheRoot() {
    assertEquals(Key.ROOT, Key.parse("/../../.."));
    assertEquals(Key.of("etc"), Key.parse("/apps/../../etc"));
    assertEquals(Key.of("a+b", "c d"), Key.parse("//a+b/./c%20d/"));
    assertEquals(Key.of("a", "b"), Key.parse("/a%2Fb"));
    assertThrows(KeyError.class, () -> Key.parse("/%zz"));
  }

  @Test
  void aNumberWithoutEndIsNone() {
    assertThrows(
        KeyError.class, () -> KeyRequest.of("GET", Form.parse("", "waitIndex=" + "9".repeat(400))));
  }
}
