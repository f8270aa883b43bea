package io.dockherd.apps.model;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A file put into a container before it starts: what Compose calls a config or a secret.
 *
 * <pre>
 * {"target":"/run/secrets/token","content":"base64…","mode":"0440","uid":0,"gid":0,"secret":true}
 * </pre>
 *
 * @param target its whole path within the container
 * @param mode in octal
 * @param isSecret whether its content is shown to nobody
 */
public record FileSpec(
    String target, Buffer content, String mode, int uid, int gid, boolean isSecret) {
  public FileSpec {
    Objects.requireNonNull(content, "content");
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("a file's target is a whole path: " + target);
    }
    if (!mode.matches("[0-7]{3,5}")) {
      throw new IllegalArgumentException("a file's mode is written in octal: " + mode);
    }
  }

  static FileSpec of(JsonObject json) {
    return new FileSpec(
        json.getString("target"),
        json.getBuffer("content", Buffer.buffer()),
        json.getString("mode", "0444"),
        json.getInteger("uid", 0),
        json.getInteger("gid", 0),
        json.getBoolean("secret", false));
  }

  JsonObject json() {
    return new JsonObject()
        .put("target", target)
        .put("content", content)
        .put("mode", mode)
        .put("uid", uid)
        .put("gid", gid)
        .put("secret", isSecret);
  }
}
