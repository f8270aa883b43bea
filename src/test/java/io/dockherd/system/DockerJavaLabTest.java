package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** docker-java as it comes, one client at each of two nodes, the container on a third host. */
@OnLab
class DockerJavaLabTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void aContainerOnAnotherHostLivesItsWholeLife(LabHerd herd) throws Exception {
    try (DockerClient first = client(herd, 1);
        DockerClient second = client(herd, 2)) {
      first.pingCmd().exec();
      assertEquals("host-1", first.infoCmd().exec().getName().split("/")[0]);
      String id =
          first
              .createContainerCmd("busybox")
              .withName("web")
              .withLabels(Map.of("app", "shop"))
              .withEnv("constraint:node==host-3", "COLOUR=green")
              .withCmd("sh", "-c", "echo hi; echo oops >&2; read line; echo \"$line\"; exit 3")
              .withStdinOpen(true)
              .exec()
              .getId();
      second.startContainerCmd("web").exec();
      List<Container> listed = second.listContainersCmd().withLabelFilter(List.of("app")).exec();
      assertEquals(List.of(id), listed.stream().map(Container::getId).toList());
      assertEquals("host-3", listed.getFirst().getLabels().get("io.dockherd.node"));
      assertTrue(first.inspectContainerCmd(id).exec().getState().getRunning());
      assertThrows(
          ConflictException.class,
          () -> second.createContainerCmd("busybox").withName("web").exec());

      Spoken attached = new Spoken();
      first
          .attachContainerCmd(id)
          .withStdIn(new ByteArrayInputStream("bye\n".getBytes(StandardCharsets.UTF_8)))
          .withStdOut(true)
          .withFollowStream(true)
          .exec(attached);
      int status =
          second.waitContainerCmd(id).exec(new WaitContainerResultCallback()).awaitStatusCode();
      assertEquals(3, status);
      Spoken logs = new Spoken();
      second.logContainerCmd(id).withStdOut(true).withStdErr(true).exec(logs).awaitCompletion();
      assertTrue(logs.contains("hi\n") && logs.contains("oops\n") && logs.contains("bye\n"));
      first.removeContainerCmd(id).exec();
      assertThrows(NotFoundException.class, () -> second.inspectContainerCmd(id).exec());
    }
  }

  @Test
  void commandsFilesAndEventsPassThrough(LabHerd herd) throws Exception {
    String id =
        Ask.docker(herd.host(3), "run", "-d", "--name", "web", "busybox", "sleep", "1000").strip();
    List<Event> events = new CopyOnWriteArrayList<>();
    ResultCallback.Adapter<Event> hearing =
        new ResultCallback.Adapter<>() {
          @Override
          public void onNext(Event event) {
            events.add(event);
          }
        };
    try (DockerClient first = client(herd, 1);
        DockerClient second = client(herd, 2)) {
      Await.until("the herd knows it", SOON, () -> first.listContainersCmd().exec().size() == 1);
      try (hearing) {
        first.eventsCmd().withContainerFilter("web").exec(hearing);
        hearing.awaitStarted();
        String exec =
            first
                .execCreateCmd("web")
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withCmd("tr", "a-z", "A-Z")
                .exec()
                .getId();
        Spoken shouted = new Spoken();
        second
            .execStartCmd(exec)
            .withStdIn(new ByteArrayInputStream("quiet\n".getBytes(StandardCharsets.UTF_8)))
            .exec(shouted);
        Await.until("the command answers", SOON, () -> shouted.contains("QUIET\n"));
        byte[] tar = tar("words", "some words\n");
        second
            .copyArchiveToContainerCmd(id)
            .withRemotePath("/tmp")
            .withTarInputStream(new ByteArrayInputStream(tar))
            .exec();
        try (InputStream back = first.copyArchiveFromContainerCmd(id, "/tmp/words").exec()) {
          byte[] all = back.readAllBytes();
          assertArrayEquals(
              "some words\n".getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(all, 512, 523));
        }
        second.killContainerCmd(id).exec();
        Await.until(
            "the end is heard of at another node",
            SOON,
            () -> events.stream().anyMatch(event -> "die".equals(event.getAction())));
      }
    }
  }

  private static DockerClient client(LabHerd herd, int host) {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost("tcp://" + herd.dockerAddress(host))
            .withDockerTlsVerify(false)
            .build();
    return DockerClientImpl.getInstance(
        config, new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
  }

  private static byte[] tar(String name, String content) throws IOException {
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    var bytes = new java.io.ByteArrayOutputStream();
    try (var tar = new org.apache.commons.compress.archivers.tar.TarArchiveOutputStream(bytes)) {
      var entry = new org.apache.commons.compress.archivers.tar.TarArchiveEntry(name);
      entry.setSize(body.length);
      tar.putArchiveEntry(entry);
      tar.write(body);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  /** What came over a stream so far. */
  private static final class Spoken extends ResultCallback.Adapter<Frame> {
    private final StringBuffer text = new StringBuffer();

    @Override
    public void onNext(Frame frame) {
      text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
    }

    boolean contains(String part) {
      return text.indexOf(part) >= 0;
    }
  }
}
