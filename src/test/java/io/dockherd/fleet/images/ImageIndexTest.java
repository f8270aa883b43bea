package io.dockherd.fleet.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Ambiguous;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageIndexTest {
  private static final String OLD = "sha256:aaaa" + "0".repeat(60);
  private static final String NEW = "sha256:aabb" + "0".repeat(60);
  private static final String NAMELESS = "sha256:cafe" + "0".repeat(60);

  private final ImageIndex index =
      new ImageIndex(
          () ->
              List.of(
                  fact("host-1", OLD, 1, "web:latest", "cafe:latest"),
                  fact("host-2", OLD, 1, "web:latest"),
                  fact("host-3", NEW, 2, "web:latest", "web:2", "reg:5000/x:1"),
                  fact("host-2", NAMELESS, 3, "<none>:<none>")));

  private static Fact fact(String node, String id, long created, String... tags) {
    JsonObject entry =
        new JsonObject()
            .put("Id", id)
            .put("Created", created)
            .put("RepoTags", new JsonArray(List.of(tags)))
            .putNull("RepoDigests");
    return new Fact(node, FactKind.IMAGE, id, entry.toBuffer());
  }

  @ParameterizedTest
  @CsvSource({
    "web, host-3 host-1 host-2",
    "docker.io/library/web:latest, host-3 host-1 host-2",
    "web:2, host-3",
    "reg:5000/x:1, host-3",
    "reg:5000/x, ''",
    "aaaa, host-1 host-2",
    "sha256:aabb, host-3",
    "cafe, host-1",
    "cafe0, host-2",
    "nobody, ''",
    "../x, ''",
    "<none>:<none>, ''",
  })
  void findsByNameThenByTheBeginningOfAnId(String reference, String nodes) {
    assertEquals(
        nodes, String.join(" ", index.find(reference).stream().map(KnownImage::node).toList()));
  }

  @Test
  void aFullIdIsFoundWithOrWithoutItsKind() {
    assertEquals(2, index.find(OLD).size());
    assertEquals(2, index.find(OLD.substring(7)).size());
    assertEquals(0, index.find("f".repeat(64)).size());
  }

  @Test
  void theBeginningOfSeveralIdsIsAmbiguous() {
    assertThrows(Ambiguous.class, () -> index.find("aa"));
  }
}
