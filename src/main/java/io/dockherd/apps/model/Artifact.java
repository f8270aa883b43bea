package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * Something a node fetches into an instance's own folder before it starts it.
 *
 * <pre>
 * {"uri":"https://example.org/site.zip","extract":true,"executable":false,"cache":false,"path":""}
 * </pre>
 *
 * @param isExtracted whether an archive is unpacked
 * @param path where it is put below the folder; "" for the folder itself
 */
public record Artifact(
    String uri, boolean isExtracted, boolean isExecutable, boolean isCached, String path) {
  public Artifact {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(path, "path");
  }

  /** Whether its address says who asks, which nobody else is to read. */
  public boolean hasPassword() {
    return uri.matches("(?s)[^/]*//[^/]*@.*");
  }

  static Artifact of(JsonObject json) {
    return new Artifact(
        json.getString("uri"),
        json.getBoolean("extract", true),
        json.getBoolean("executable", false),
        json.getBoolean("cache", false),
        json.getString("path", ""));
  }

  JsonObject json() {
    return new JsonObject()
        .put("uri", uri)
        .put("extract", isExtracted)
        .put("executable", isExecutable)
        .put("cache", isCached)
        .put("path", path);
  }
}
