package io.dockherd.doors.actions.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullProgressTest {
  @Test
  void linesMayBeCutAnywhere() {
    String said =
        """
        {"status":"Pulling from library/web","id":"1.2"}
        {"status":"Pulling fs layer","id":"a"}
        {"status":"Already exists","id":"b"}
        not json
        {"status":"Pull complete","id":"a"}
        {"status":"Digest: sha256:00"}
        {"status":"Status: Downloaded newer image for web:1.2"}""";
    PullProgress progress = new PullProgress();
    for (char c : said.toCharArray()) {
      progress.take(Buffer.buffer(String.valueOf(c)));
    }
    assertEquals("2 of 2 layers", progress.summary());
    assertEquals("Status: Downloaded newer image for web:1.2", progress.status());
    assertEquals(Optional.empty(), progress.error());
  }

  @Test
  void anErrorInTheStreamIsAnError() {
    PullProgress progress = new PullProgress();
    progress.take(Buffer.buffer("{\"errorDetail\":{},\"error\":\"no such tag\"}\n"));
    assertEquals(Optional.of("no such tag"), progress.error());
  }

  @ParameterizedTest
  @CsvSource({
    "web, web, latest",
    "web:1.2, web, 1.2",
    "registry:5000/team/web, registry:5000/team/web, latest",
    "registry:5000/web:1, registry:5000/web, 1",
    "web@sha256:ab, web, sha256:ab",
  })
  void namesComeApart(String text, String repository, String tag) {
    assertEquals(new ImageName(repository, tag), ImageName.parse(text));
  }
}
