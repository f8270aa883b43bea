package io.dockherd.apps.pods;

import io.dockherd.failure.Refused;
import io.dockherd.fleet.requests.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What containers mount of their instance's folder: a path in it is one to the very end. The links
 * in the folder are strangers', and an engine follows them wherever they lead.
 */
final class FolderBinds {
  private final Path folder;

  /**
   * @param folder the instance's own
   */
  FolderBinds(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Has the sources in a document end where they lead to.
   *
   * @throws Refused when one leads out of the folder
   */
  void resolve(JsonObject document) {
    JsonObject host = Fields.object(document, "HostConfig");
    JsonArray binds = Fields.array(host, "Binds");
    for (int i = 0; i < binds.size(); i++) {
      String bind = String.valueOf(binds.getValue(i));
      int colon = bind.indexOf(":/");
      if (colon > 0) {
        binds.set(i, resolved(bind.substring(0, colon)) + bind.substring(colon));
      }
    }
    for (Object mount : Fields.array(host, "Mounts")) {
      if (mount instanceof JsonObject one && Fields.text(one, "Type").equals("bind")) {
        one.put("Source", resolved(Fields.text(one, "Source")));
      }
    }
  }

  private String resolved(String source) {
    Path path = Path.of(source).normalize();
    if (!path.startsWith(folder)) {
      return source;
    }
    try {
      Path real = real(path);
      if (Files.exists(folder) && !real.startsWith(folder.toRealPath())) {
        throw new Refused(
            source, source + " leads out of the instance's folder, to " + real, "pack what it is");
      }
      return real.toString();
    } catch (IOException e) {
      throw new Refused(source, source + " can't be mounted: " + e, "", e);
    }
  }

  /** What is not there yet the engine makes below what is. */
  private static Path real(Path path) throws IOException {
    Path parent = path.getParent();
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) || parent == null
        ? path.toRealPath()
        : real(parent).resolve(path.getFileName());
  }
}
