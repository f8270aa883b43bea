package io.dockherd.apps.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.dockherd.compose.loading.ComposeLoader;
import io.dockherd.compose.loading.VirtualFolder;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranslationTest {
  private static Translation of(String text) {
    VirtualFolder folder = new VirtualFolder(text);
    return ComposeApps.asServices(
        ComposeLoader.load(folder.request(), folder).project(), content -> Buffer.buffer());
  }

  @Test
  void anAppIsAnotherOneWhereItsImageIs() {
    Translation plain = of("services: {web: {build: ., image: shop}, db: {image: mysql}}");
    Translation one = plain.ofImages(Map.of("shop", "sha256:1"));
    Translation two = plain.ofImages(Map.of("shop", "sha256:2"));
    assertEquals(one, plain.ofImages(Map.of("shop", "sha256:1")));
    assertNotEquals(one.apps().getFirst(), two.apps().getFirst());
    assertEquals(plain.apps().getLast(), two.apps().getLast());
    assertEquals("/project/db", two.apps().getLast().path().value());
    assertEquals(plain.apps(), plain.ofImages(Map.of()).apps());
  }
}
