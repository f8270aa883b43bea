package io.dockherd.doors.actions.templates;

import io.dockherd.doors.JsonFault;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates directory of one node: {@code NAME.json} each. A file is read again when it has
 * changed. Only regular files inside the directory count; a link may lead from one to another, not
 * out.
 */
public final class TemplateFiles {
  private static final Log LOG = Log.of(TemplateFiles.class);
  private static final String SUFFIX = ".json";
  private static final int LARGEST_BYTES = 1 << 20;
  private static final int MOST_FILES = 10_000;

  private final Path directory;
  private final Map<TemplateName, Reading> readings = new ConcurrentHashMap<>();

  /** The templates in {@code directory}, which need not exist. */
  public TemplateFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The document in the file of that name.
   *
   * @throws Invalid when the file is no JSON object or too large
   * @throws Refused when it is no regular file inside the directory, or can't be read
   */
  public Optional<JsonObject> find(TemplateName name) {
    Path file = directory.resolve(name.value() + SUFFIX);
    try {
      if (!Files.exists(file)) {
        readings.remove(name);
        return Optional.empty();
      }
      Path real = file.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (!real.startsWith(directory.toRealPath()) || !attributes.isRegularFile()) {
        throw new Refused(
            name.value(),
            "the template '" + name + "' is no file inside the templates directory",
            "put the file itself there");
      }
      return Optional.of(read(name, real, attributes));
    } catch (IOException e) {
      throw new Refused(
          name.value(), "the file of the template '" + name + "' can't be read: " + e, "", e);
    }
  }

  /** The names of all files there; whether each is fit shows when it is asked for. */
  public List<TemplateName> names() {
    List<TemplateName> names = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        String text = file.getFileName().toString();
        String name = text.substring(0, text.length() - SUFFIX.length());
        if (TemplateName.isFit(name) && names.size() < MOST_FILES) {
          names.add(new TemplateName(name));
        }
      }
    } catch (IOException e) {
      LOG.warn("templates directory can't be read", "directory", directory, "reason", e);
    }
    names.sort(Comparator.comparing(TemplateName::value));
    return names;
  }

  private JsonObject read(TemplateName name, Path file, BasicFileAttributes attributes)
      throws IOException {
    Stamp stamp = new Stamp(file, attributes.lastModifiedTime(), attributes.size());
    Reading known = readings.get(name);
    if (known != null && known.stamp().equals(stamp)) {
      return known.document();
    }
    if (attributes.size() > LARGEST_BYTES) {
      throw tooLarge(name);
    }
    byte[] bytes;
    try (InputStream input = Files.newInputStream(file)) {
      bytes = input.readNBytes(LARGEST_BYTES + 1);
    }
    if (bytes.length > LARGEST_BYTES) {
      throw tooLarge(name);
    }
    JsonObject document = parse(name, bytes);
    readings.put(name, new Reading(stamp, document));
    return document;
  }

  private static JsonObject parse(TemplateName name, byte[] bytes) {
    String reason = "it holds no JSON object";
    try {
      if (Json.decodeValue(Buffer.buffer(bytes)) instanceof JsonObject object) {
        return object;
      }
    } catch (DecodeException e) {
      reason = JsonFault.of(e);
    }
    throw new Invalid(
        name.value(), "the file of the template '" + name + "' is not JSON: " + reason, "mend it");
  }

  private static Invalid tooLarge(TemplateName name) {
    return new Invalid(
        name.value(),
        "the file of the template '" + name + "' is larger than " + LARGEST_BYTES + " bytes",
        "");
  }

  private record Stamp(Path file, FileTime modified, long size) {}

  private record Reading(Stamp stamp, JsonObject document) {}
}
