package io.dockherd.doors.docker;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.engine.ApiVersion;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A Docker door with some routes, on a port of its own. */
public final class ScriptedDoor implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final FrontDoor door;
  private final int port;

  /** What was answered. */
  public record Said(int status, String text) {}

  /** With those routes. */
  public ScriptedDoor(List<Route> routes) {
    DockerDoor docker =
        new DockerDoor(Gate.EVERYTHING, new Audit(), () -> new ApiVersion(1, 41), routes);
    door =
        new FrontDoor(
            vertx, DoorLimits.DEFAULT, new RequestIds(new Random(1)), Set.of(), List.of(docker));
    port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
  }

  /** Asks it for something. */
  public Said send(String method, String path) throws IOException {
    return send(method, path, Optional.empty());
  }

  /** The same with a body, sent in pieces. */
  public Said send(String method, String path, Optional<byte[]> body) throws IOException {
    return send(method, path, body, Map.of());
  }

  /** The same with more headers. */
  public Said send(String method, String path, Optional<byte[]> body, Map<String, String> headers)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    headers.forEach(connection::setRequestProperty);
    connection.setRequestMethod(method);
    connection.setReadTimeout(60_000);
    if (body.isPresent()) {
      connection.setDoOutput(true);
      connection.setChunkedStreamingMode(32 << 10);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.get());
      }
    }
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Said(
          status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    door.close();
    vertx.close().await();
  }
}
