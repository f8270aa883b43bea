package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Objects come out of a stream however its bytes were cut. */
class JsonObjectSplitterTest {
  private final List<String> objects = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  private JsonObjectSplitter splitter(int limitBytes) {
    return new JsonObjectSplitter(
        limitBytes, object -> objects.add(object.toString()), skipped::add);
  }

  @Test
  void anyObjectsInAnyPieces() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<String> sent = new ArrayList<>();
      Buffer stream = Buffer.buffer();
      for (int i = 0; i < random.nextInt(20); i++) {
        JsonObject object = object(random, 3);
        String text = random.nextBoolean() ? object.encode() : object.encodePrettily();
        sent.add(text);
        stream.appendString(text).appendString(List.of("", "\n", "\r\n", " \n\n").get(i % 4));
      }
      objects.clear();
      JsonObjectSplitter splitter = splitter(1 << 20);
      for (int start = 0; start < stream.length(); ) {
        int end = Math.min(stream.length(), start + 1 + random.nextInt(40));
        splitter.accept(stream.getBuffer(start, end));
        start = end;
      }
      assertEquals(sent, objects, "seed " + seed);
      assertEquals(List.of(), skipped, "seed " + seed);
    }
  }

  private static JsonObject object(Random random, int depth) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < random.nextInt(4); i++) {
      String name = text(random);
      switch (random.nextInt(depth > 0 ? 4 : 2)) {
        case 0 -> object.put(name, random.nextLong());
        case 1 -> object.put(name, text(random));
        case 2 -> object.put(name, object(random, depth - 1));
        default -> object.put(name, new JsonArray().add(object(random, depth - 1)));
      }
    }
    return object;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < random.nextInt(8); i++) {
      text.append(
          List.of("{", "}", "\"", "\\", "\n", "a", "é", "🐳", "[", "]").get(random.nextInt(10)));
    }
    return text.toString();
  }

  @Test
  void anObjectLargerThanTheLimitIsSkippedAndTheNextIsNot() {
    JsonObjectSplitter splitter = splitter(20);
    splitter.accept(Buffer.buffer("{\"a\":1}{\"b\":\"" + "x".repeat(30)));
    splitter.accept(Buffer.buffer("x".repeat(1000) + "\"}\n{\"c\":3}"));
    assertEquals(List.of("{\"a\":1}", "{\"c\":3}"), objects);
    assertEquals(1, skipped.size());
  }

  @Test
  void rubbishBetweenObjectsIsPassedOver() {
    splitter(100).accept(Buffer.buffer("}]\"x\" null {\"a\":1} }, {\"b\":2}"));
    assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), objects);
  }

  @Test
  void aBrokenObjectDoesNotTakeTheRestWithIt() {
    splitter(100).accept(Buffer.buffer("{\"a\":\"never ends\n{\"b\":2}\n"));
    assertEquals(List.of("{\"b\":2}"), objects);
    assertEquals(1, skipped.size());
  }
}
