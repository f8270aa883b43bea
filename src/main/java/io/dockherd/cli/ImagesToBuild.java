package io.dockherd.cli;

import io.dockherd.apps.compose.BuildCall;
import io.dockherd.apps.pods.BuildContext;
import io.dockherd.compose.model.Build;
import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images that no registry has: built through the Docker door, on one node, from where the others
 * fetch them.
 */
record ImagesToBuild(AppsClient client, URI docker, PrintWriter out) {
  /** A builder says nothing while a step of the Dockerfile runs. */
  private static final Duration LONGEST_STEP = Duration.ofHours(1);

  /**
   * Sees to it that they are there.
   *
   * @return image → its id, as far as it is known
   * @throws Refused when one is not and is not to be built
   */
  Map<String, String> have(Map<String, Build> builds, boolean isAsked, boolean isDry) {
    List<String> missing = new ArrayList<>();
    Map<String, String> ids = new LinkedHashMap<>();
    for (Map.Entry<String, Build> each : builds.entrySet()) {
      String image = each.getKey();
      Optional<String> before = find(image);
      before.ifPresent(id -> ids.put(image, id));
      if (isAsked) {
        out.println((isDry ? "  would build " : "  building ") + image);
        out.flush();
        if (!isDry) {
          build(image, each.getValue(), before).ifPresent(id -> ids.put(image, id));
        }
      } else if (before.isEmpty()) {
        missing.add(image);
      }
    }
    if (!missing.isEmpty()) {
      String first = missing.getFirst();
      throw new Refused(
          first,
          "no node has the image " + String.join(", ", missing) + ", which is to be built",
          "say --build, or build it yourself: docker -H "
              + docker
              + " build -t "
              + first
              + " "
              + builds.get(first).context());
    }
    return ids;
  }

  /** The id of the one by that name, if any node has it. */
  private Optional<String> find(String image) {
    JsonObject found = client.get("/v1/images/" + AppsClient.encoded(image));
    return Optional.ofNullable(found.getString("id"));
  }

  private Optional<String> build(String image, Build build, Optional<String> before) {
    Map<String, String> query =
        new LinkedHashMap<>(BuildCall.query(build, before.map(id -> image)));
    if (before.isPresent()) {
      // On a node that has it, if one can take the build.
      JsonObject arguments = new JsonObject(query.getOrDefault("buildargs", "{}"));
      query.put("buildargs", arguments.put("affinity:image", "=~" + image).encode());
    }
    if (BuildCall.isOfAddress(build)) {
      return send(image, build, query, Optional.empty());
    }
    Path tar = null;
    try {
      Path context = Path.of(build.context());
      if (!Files.isDirectory(context)) {
        throw new Refused(image, "there is no folder " + context + " to build it of", "");
      }
      tar = Files.createTempFile("dockherd-build-", ".tar");
      return pack(build, query, context, tar, image);
    } catch (IOException e) {
      throw new Refused(image, image + " can't be built: " + e, "", e);
    } finally {
      delete(tar);
    }
  }

  private Optional<String> pack(
      Build build, Map<String, String> query, Path context, Path tar, String image)
      throws IOException {
    if (build.dockerfileInline().isPresent()) {
      throw new Refused(
          image,
          image + " has its Dockerfile in the Compose file",
          "write it to a file of its own");
    }
    String dockerfile = build.dockerfile().orElse("Dockerfile");
    Path file = context.resolve(dockerfile).normalize();
    if (!file.startsWith(context.normalize())) {
      throw new Refused(image, file + " is outside of " + context, "put it into the folder");
    }
    String within = context.normalize().relativize(file).toString();
    query.put("dockerfile", within);
    new BuildContext(context, within).pack(tar);
    return send(image, build, query, Optional.of(tar));
  }

  private Optional<String> send(
      String image, Build build, Map<String, String> query, Optional<Path> tar) {
    StringBuilder path = new StringBuilder("/build?rm=1&forcerm=1&t=").append(encode(image));
    build.tags().forEach(tag -> path.append("&t=").append(encode(tag)));
    query.forEach((name, value) -> path.append('&').append(name).append('=').append(encode(value)));
    try (DoorHttp http = new DoorHttp(docker, "--docker or DOCKHERD_DOCKER", System.getenv())) {
      HttpRequest.Builder request =
          http.request(path.toString())
              .header("Content-Type", "application/x-tar")
              .POST(tar.isPresent() ? BodyPublishers.ofFile(tar.get()) : BodyPublishers.noBody());
      DoorHttp.Streamed response = http.stream(request, LONGEST_STEP, LONGEST_STEP);
      try (InputStream body = response.body()) {
        return read(image, response.status(), body);
      }
    } catch (IOException e) {
      throw new Unreachable(
          docker.toString(),
          docker + " does not build " + image + ": " + e.getMessage(),
          "name a Docker door with --docker",
          e);
    }
  }

  /** Passes on what the builder says; answers the image's id, which it says in between. */
  private Optional<String> read(String image, int status, InputStream body) throws IOException {
    Optional<String> id = Optional.empty();
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null) {
      JsonObject message = message(line);
      if (status >= 300 || message.containsKey("error")) {
        String why = message.getString("error", message.getString("message", line));
        throw new Refused(image, image + " could not be built: " + why.strip(), "");
      }
      String text = message.getString("stream", "").stripTrailing();
      if (!text.isEmpty()) {
        out.println("    " + text.replaceAll("\\p{Cntrl}", " "));
        out.flush();
      }
      if (message.getValue("aux") instanceof JsonObject aux && aux.getString("ID") != null) {
        id = Optional.of(aux.getString("ID"));
      }
      line = lines.readLine();
    }
    return id;
  }

  private static JsonObject message(String line) {
    try {
      return line.isBlank() ? new JsonObject() : new JsonObject(line);
    } catch (DecodeException e) {
      return new JsonObject().put("stream", line);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void delete(Path tar) {
    try {
      if (tar != null) {
        Files.delete(tar);
      }
    } catch (IOException e) {
      // A temporary file of the machine's, which the machine clears away as well.
      tar.toFile().deleteOnExit();
    }
  }
}
