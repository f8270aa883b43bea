package io.dockherd.system;

import com.sun.net.httpserver.HttpServer;
import io.dockherd.lab.LabHerd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip with Compose files where the hosts of a lab can fetch it, and apps that are made of it. */
record PodArchive(String address, HttpServer server) implements AutoCloseable {
  /**
   * Serves one, at any path but {@code /gone.zip}.
   *
   * @param files name in the zip → content
   */
  static PodArchive of(LabHerd herd, Map<String, String> files) {
    byte[] zip = zip(files);
    try {
      String address = herd.lab().machineAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
      server.createContext(
          "/",
          exchange -> {
            boolean isGone = exchange.getRequestURI().getPath().equals("/gone.zip");
            exchange.sendResponseHeaders(isGone ? 404 : 200, isGone ? -1 : zip.length);
            if (!isGone) {
              exchange.getResponseBody().write(zip);
            }
            exchange.close();
          });
      server.start();
      return new PodArchive(address, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Where a file of it is. */
  String uri(String name) {
    return "http://" + address + ":" + server.getAddress().getPort() + "/" + name;
  }

  /** As the seed has it: an app of those files, which are in the zip of that name. */
  JsonObject app(String id, String fileNames, int ports, String zip) {
    return new JsonObject()
        .put("id", id)
        .put("cmd", "")
        .put("cpus", 0.1)
        .put("mem", 64.0)
        .put("ports", new JsonArray(IntStream.range(0, ports).mapToObj(i -> 0).toList()))
        .put("instances", 1)
        .put("executor", "/code/docker-compose-executor.sh")
        .put("labels", new JsonObject().put("fileName", fileNames))
        .put("uris", new JsonArray().add(uri(zip)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
