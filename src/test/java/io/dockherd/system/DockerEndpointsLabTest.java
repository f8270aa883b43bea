package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint of the Docker API answers in Docker's form, whatever version it is asked in. */
@OnLab
class DockerEndpointsLabTest {
  private static final String TABLE = "docker-endpoints.txt";

  private record Row(int status, String method, String target, String body) {
    private static Row parse(String line) {
      String[] words = line.split(" ", 4);
      String body = words.length > 3 ? words[3] : "";
      return new Row(Integer.parseInt(words[0]), words[1], encoded(words[2]), body);
    }

    /** The table shows a query as it is meant. */
    private static String encoded(String target) {
      int mark = target.indexOf('?');
      return mark < 0
          ? target
          : Arrays.stream(target.substring(mark + 1).split("&"))
              .map(
                  parameter -> {
                    int equals = parameter.indexOf('=');
                    String value = parameter.substring(equals + 1);
                    return parameter.substring(0, equals + 1)
                        + URLEncoder.encode(value, StandardCharsets.UTF_8);
                  })
              .collect(Collectors.joining("&", target.substring(0, mark + 1), ""));
    }
  }

  @ParameterizedTest(name = "asked in {0}")
  @ValueSource(strings = {"", "/v1.24", "/v1.41", "/v1.47"})
  void eachEndpointAnswersInDockersForm(String version, LabHerd herd) throws IOException {
    DockerCli.at(herd.host(2))
        .succeed(
            "run", "-d", "--name=web", "--env=constraint:node==host-1", "busybox", "sleep", "1000");
    String wrong;
    try (DockerCaller caller = new DockerCaller(herd)) {
      wrong =
          table().stream().map(row -> fault(caller, version, row)).collect(Collectors.joining());
    }
    assertEquals("", wrong);
  }

  private static List<Row> table() throws IOException {
    try (InputStream in = DockerEndpointsLabTest.class.getResourceAsStream(TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Row::parse)
          .toList();
    }
  }

  /** A line that says what is wrong with the answer; "" when nothing is. */
  private static String fault(DockerCaller caller, String version, Row row) {
    HttpResponse<String> answer = caller.send(2, row.method(), version + row.target(), row.body());
    boolean isError = answer.statusCode() >= 400;
    boolean isFine =
        answer.statusCode() == row.status()
            && (!isError || row.method().equals("HEAD") || !message(answer.body()).isEmpty());
    return isFine
        ? ""
        : "\n%s %s: %d instead of %d: %s"
            .formatted(
                row.method(), row.target(), answer.statusCode(), row.status(), answer.body());
  }

  private static String message(String body) {
    try {
      return new JsonObject(body).getString("message", "");
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }

  @Test
  void plugInsAreListedHereAndInstalledAtTheEngines(LabHerd herd) {
    assertEquals("", DockerCli.at(herd.host(1)).succeed("plugin", "ls", "--quiet"));
    for (List<String> change :
        List.of(List.of("install", "x/y"), List.of("enable", "x/y"), List.of("rm", "x/y"))) {
      DockerCli.Result told =
          DockerCli.at(herd.host(1)).run("plugin", change.getFirst(), change.getLast());
      assertEquals(1, told.exitCode(), told.errors());
      assertTrue(told.errors().contains("engine by engine"), told.errors());
    }
  }
}
