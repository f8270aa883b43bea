package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.engine.EngineResponse;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The seed's envelope to the letter: keys, their order, what becomes of the entity. */
class EnvelopeTest {
  private static String envelope(int status, String body, String... headers) {
    List<EngineResponse.Header> lines = new java.util.ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.add(new EngineResponse.Header(headers[i], headers[i + 1]));
    }
    return Envelope.of(new EngineResponse(status, lines, Buffer.buffer(body)), "host-1").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | ""
          {} | {"Body":{}}
          [1] | {"Body":[1]}
          null | {"Body":null}
          5 | {"Body":5}
          "a" | {"Body":"a"}
          page not found | "page not found"
          {"a":1} {"a":2} | "{\\"a\\":1} {\\"a\\":2}"
          """)
  void theEntityIsJsonOrText(String entity, String response) {
    assertEquals(
        "{\"statusCode\":200,\"Response\":" + response + ",\"dockerInstance\":\"host-1\"}",
        envelope(200, entity));
  }

  @Test
  void headersAreKeysInTheirOrderTheLastOfANameWins() {
    assertEquals(
        "{\"statusCode\":404,\"Date\":\"now\",\"X-A\":\"2\",\"Response\":\"\",\"dockerInstance\":\"host-1\"}",
        envelope(404, "", "Date", "now", "X-A", "1", "X-A", "2"));
  }

  @Test
  void headersCannotPoseAsTheEnvelopesOwnKeysNorBreakOut() {
    assertEquals(
        "{\"statusCode\":200,\"X\\\"\":\"a\\\"b\",\"Response\":\"\",\"dockerInstance\":\"host-1\"}",
        envelope(
            200, "", "statusCode", "500", "Response", "x", "dockerInstance", "x", "X\"", "a\"b"));
  }

  @Test
  void moreKeysComeLast() {
    assertEquals(
        "{\"statusCode\":200,\"Response\":\"ü\",\"dockerInstance\":\"h\",\"exitCode\":3}",
        Envelope.ofText(200, List.of(), "ü", "h", Map.of("exitCode", 3)).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "200,200", "201,200", "204,200", "304,200", "400,400", "404,404", "500,500", "999,200"
  })
  void errorsKeepTheirStatusOverHttpOthersAreOk(int engine, int http) {
    assertEquals(http, Reply.httpStatus(engine));
  }
}
