package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A node dies while containers are created through another: each create leaves one, or nothing. */
@OnLab
class NodeKilledWhileDockerCreatesLabTest {
  private static final int CREATES = 45;
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void everyCreateIsAnsweredAndNothingIsLeftThatNobodyWasToldOf(LabHerd herd) throws Exception {
    Ask ask = new Ask(herd);
    List<HttpResponse<String>> answers;
    try (DockerCaller caller = new DockerCaller(herd);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<HttpResponse<String>>> creating =
          threads.submit(
              () ->
                  DockerCaller.atOnce(
                      CREATES,
                      i ->
                          caller.post(
                              1 + i % 2,
                              "/containers/create?name=web-" + i,
                              DockerCaller.sleeper(new JsonObject()))));
      Await.until("host 3 has begun", SOON, () -> herd.containersOn(3).size() > 1);
      herd.host(3).killNode();
      answers = creating.get();
    }
    Set<String> created =
        answers.stream()
            .filter(answer -> answer.statusCode() == 201)
            .map(DockerCaller::id)
            .collect(Collectors.toCollection(TreeSet::new));
    answers.stream()
        .filter(answer -> answer.statusCode() != 201)
        .forEach(answer -> assertTrue(answer.statusCode() >= 500, answer.body()));
    assertTrue(ask.onEngines(1, 2, 3).containsAll(created), "what was said to be there is there");
    assertEquals(Set.of(), beyond(ask.onEngines(1, 2), created));

    herd.host(3).startNode();
    herd.host(3).awaitNode(SOON);
    Await.until(
        "what host 3 made without an answer is removed",
        SOON,
        () -> beyond(ask.onEngines(1, 2, 3), created).isEmpty());
    assertTrue(ask.onEngines(1, 2, 3).containsAll(created), "and nothing else");
  }

  private static Set<String> beyond(Set<String> all, Set<String> created) {
    return all.stream()
        .filter(id -> !created.contains(id))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
