package io.dockherd.system;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * What somebody's test does who uses Testcontainers: a web server on host-1, whose door {@code
 * DOCKER_HOST} names, and a container on host-2. Says what it finds, a line each.
 */
final class ContainersOfATest {
  private static final String NODE = "io.dockherd.node";

  private ContainersOfATest() {}

  /** No arguments: Testcontainers reads the environment. */
  public static void main(String[] arguments) throws Exception {
    try (GenericContainer<?> web = container("host-1");
        GenericContainer<?> elsewhere = container("host-2")) {
      web.withCopyToContainer(Transferable.of("hello"), "/www/index.html")
          .withExposedPorts(80)
          .withCommand("httpd", "-f", "-p", "80", "-h", "/www")
          .start();
      System.out.println("page " + page(web.getHost(), web.getMappedPort(80)));
      elsewhere
          .withExposedPorts(80)
          .withCommand("sh", "-c", "echo up; exec httpd -f -p 80 -h /etc")
          .waitingFor(Wait.forLogMessage("up\n", 1))
          .start();
      System.out.println("node " + inspected(elsewhere).getConfig().getLabels().get(NODE));
      System.out.println("logs " + elsewhere.getLogs().strip());
      System.out.println("exec " + elsewhere.execInContainer("echo", "hello").getStdout().strip());
      Ports.Binding published =
          inspected(elsewhere)
              .getNetworkSettings()
              .getPorts()
              .getBindings()
              .get(ExposedPort.tcp(80))[0];
      System.out.println("published at " + published.getHostIp());
    }
    System.out.println("all gone");
  }

  private static GenericContainer<?> container(String node) {
    GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("busybox"));
    return container
        .withImagePullPolicy(image -> false)
        .withLabel("com.docker.swarm.constraints", "[\"node==" + node + "\"]");
  }

  private static InspectContainerResponse inspected(GenericContainer<?> container) {
    return container.getCurrentContainerInfo();
  }

  private static String page(String host, int port) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI page = URI.create("http://" + host + ":" + port + "/");
      return http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    }
  }
}
