package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.NamedVolume;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something mounted, as Docker's {@code -v} writes it: {@code data:/var/lib/data}, {@code
 * /etc/site:/etc/site:ro}, {@code /scratch}. A volume's name may hold {@code {slot}}, so that each
 * instance has one of its own.
 *
 * @param source a volume's name or a folder of the host; "" for a volume without a name
 */
record VolumeField(String source, String target, boolean isReadOnly) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_.-]|\\{slot})+");
  private static final Pattern FORM = Pattern.compile("(?:([^:]+):)?(/[^:]*)(?::(ro|rw))?");
  private static final int LONGEST = 4_096;

  static List<VolumeField> all(Fields manifest) {
    return manifest.list("volumes", VolumeField::read);
  }

  private static VolumeField read(Fields.Member member) {
    String text = member.word();
    Matcher form = FORM.matcher(text);
    boolean isSound = text.length() <= LONGEST && form.matches();
    String source = isSound && form.group(1) != null ? form.group(1) : "";
    if (!isSound || form.group(2).equals("/") || !isSource(source)) {
      throw member.mistyped("a mount like data:/var/lib/data, /etc/site:/etc/site:ro or /scratch");
    }
    return new VolumeField(source, form.group(2), "ro".equals(form.group(3)));
  }

  private static boolean isSource(String source) {
    return source.isEmpty() || source.startsWith("/") || NAME.matcher(source).matches();
  }

  /** The volume, where it has a name. */
  Optional<NamedVolume> named() {
    return source.isEmpty() || source.startsWith("/")
        ? Optional.empty()
        : Optional.of(new NamedVolume(source, new JsonObject(), false, false));
  }

  /** Puts it into a document in the engine's create syntax. */
  void into(JsonObject document) {
    if (source.isEmpty()) {
      child(document, "Volumes").put(target, new JsonObject());
      return;
    }
    JsonObject host = child(document, "HostConfig");
    JsonArray binds = host.getJsonArray("Binds", new JsonArray());
    host.put("Binds", binds.add(source + ":" + target + (isReadOnly ? ":ro" : ":rw")));
  }

  private static JsonObject child(JsonObject parent, String key) {
    JsonObject child = parent.getJsonObject(key, new JsonObject());
    parent.put(key, child);
    return child;
  }
}
