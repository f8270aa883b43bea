package io.dockherd.doors.docker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.doors.docker.Filters;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.images.KnownImage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedImagesTest {
  private static final List<KnownImage> IMAGES =
      List.of(
          image("host-1", "a", 1, "web:1"),
          image("host-3", "a", 1, "web:1", "reg:5000/team/web:1"),
          image("host-2", "b", 2, "busybox:latest"),
          image("host-2", "c", 3, "<none>:<none>"));

  private static KnownImage image(String node, String id, long created, String... tags) {
    return KnownImage.of(
        node,
        new JsonObject()
            .put("Id", id)
            .put("Created", created)
            .put("RepoTags", new JsonArray(List.of(tags)))
            .put("Labels", new JsonObject().put("of", id)));
  }

  private static List<KnownImage> find(String reference) {
    return IMAGES.stream().filter(image -> image.tags().contains(reference)).toList();
  }

  private static JsonArray list(String filters) {
    return ListedImages.of(
        IMAGES, new ImageFilter(Filters.parse(filters), ListedImagesTest::find), true);
  }

  private static String ids(JsonArray list) {
    return list.stream()
        .map(entry -> ((JsonObject) entry).getString("Id"))
        .collect(Collectors.joining(" "));
  }

  @Test
  void oneOfSeveralNodesIsShownOnceWithAllItsNames() {
    JsonArray list = list("");
    assertEquals("c b a", ids(list));
    JsonObject web = list.getJsonObject(2);
    assertEquals(
        new JsonArray("[\"web:1\",\"reg:5000/team/web:1\"]"), web.getJsonArray("RepoTags"));
    assertEquals(new JsonArray("[\"host-1\",\"host-3\"]"), web.getJsonArray("Nodes"));
    assertEquals("host-1,host-3", web.getJsonObject("Labels").getString("io.dockherd.nodes"));
    assertEquals(
        new JsonArray("[\"<none>:<none>\"]"), list.getJsonObject(0).getJsonArray("RepoTags"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"dangling\":[\"true\"]} | c",
        "{\"dangling\":{\"false\":true}} | b a",
        "{\"label\":[\"of=b\"]} | b",
        "{\"label\":[\"of\"]} | c b a",
        "{\"reference\":[\"web\"]} | a",
        "{\"reference\":[\"*\"]} | b a",
        "{\"reference\":[\"*/*/web\"]} | a",
        "{\"reference\":[\"*:latest\"]} | b",
        "{\"before\":[\"busybox:latest\"]} | a",
        "{\"since\":[\"web:1\"]} | c b",
        "{\"node\":[\"host-2\"]} | c b",
        "{\"node\":[\"host-3\"]} | a",
      })
  void filtersAsAnEngineDoes(String filters, String ids) {
    assertEquals(ids, ids(list(filters)));
  }

  @Test
  void whatIsNotKnownIsSaid() {
    assertThrows(Invalid.class, () -> list("{\"colour\":[\"red\"]}"));
    assertThrows(Invalid.class, () -> list("{\"dangling\":[\"perhaps\"]}"));
    assertThrows(NotFound.class, () -> list("{\"before\":[\"nobody\"]}"));
  }
}
