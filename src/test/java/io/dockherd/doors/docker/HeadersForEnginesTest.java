package io.dockherd.doors.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.dockherd.doors.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a caller's headers an engine gets to see. */
class HeadersForEnginesTest {
  private final ScriptedDoor door =
      new ScriptedDoor(List.of(Route.read("GET", "/echo", "echo", HeadersForEnginesTest::echo)));

  private static Reply echo(DockerCall call) {
    JsonObject headers = new JsonObject();
    call.toEngine(Duration.ofSeconds(1), "echo")
        .headers()
        .forEach(
            (name, value) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", value)));
    return Replies.json(200, headers);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private JsonObject seen(Map<String, String> sent) throws IOException {
    return new JsonObject(door.send("GET", "/echo", Optional.empty(), sent).text());
  }

  @Test
  void whatIsNoneOfItsBusinessIsKept() throws IOException {
    JsonObject seen =
        seen(Map.of("X-Registry-Auth", "e30=", "Authorization", "Bearer t", "Dockherd-Limit", "9"));

    assertThat(seen.getString("x-registry-auth")).isEqualTo("e30=");
    assertThat(seen.fieldNames())
        .contains("x-request-id")
        .doesNotContain("authorization", "dockherd-limit");
  }

  @Test
  void anEngineIsNeverAskedToPackWhatItSends() throws IOException {
    assertThat(seen(Map.of("Accept-Encoding", "gzip")).fieldNames())
        .doesNotContain("accept-encoding");
  }
}
