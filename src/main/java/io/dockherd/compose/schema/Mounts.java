package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is mounted: {@code [source:]target[:mode[,mode]]}, where a source that is a path is a bind
 * and any other a named volume; or the long form.
 */
final class Mounts {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");
  private static final int LONGEST = 8192;
  private static final String FORM = "write it as [source:]target[:mode]";
  private static final Set<String> CONSISTENCIES = Set.of("cached", "delegated", "consistent");
  private static final Set<String> PROPAGATIONS =
      Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");
  private static final List<String> MODES =
      List.of(
          "ro",
          "rw",
          "z",
          "Z",
          "nocopy",
          "cached",
          "delegated",
          "consistent",
          "rprivate",
          "private",
          "rshared",
          "shared",
          "rslave",
          "slave");

  private static final Keys LONG =
      Keys.of("a mount")
          .honours("type", Scalars.choice("volume", "bind", "tmpfs", "image", "cluster", "npipe"))
          .honours("source", Scalars.text())
          .honours("target", Scalars.text())
          .honours("read_only", Scalars.flag())
          .warns(
              "consistency",
              Scalars.text(),
              "engines on Linux always show a host's own files as they are")
          .honours(
              "bind",
              Keys.of("a bind")
                  .honours(
                      "propagation",
                      Scalars.choice(PROPAGATIONS.stream().sorted().toArray(String[]::new)))
                  .honours("create_host_path", Scalars.flag())
                  .honours(
                      "recursive", Scalars.choice("disabled", "enabled", "writable", "readonly"))
                  .honours("selinux", Scalars.choice("z", "Z")))
          .honours(
              "volume",
              Keys.of("a volume's mount")
                  .honours("nocopy", Scalars.flag())
                  .honours("subpath", Scalars.text())
                  .honours("labels", NamedTexts.plain()))
          .honours(
              "tmpfs",
              Keys.of("a tmpfs")
                  .honours("size", Scalars.bytes())
                  .honours("mode", Scalars.fileMode()))
          .honours("image", Keys.of("an image's mount").honours("subpath", Scalars.text()))
          .requires("type", "target")
          .checks(Mounts::check);

  /** How one mount is written. */
  static final ShortOrLong MOUNT = new ShortOrLong(Mounts::expand, LONG);

  /** {@code volumes} of a service. */
  static final Shape LIST =
      ListOf.expanding("mounts", MOUNT, Mounts::read).unique(Mounts::target).onceInAFile();

  private Mounts() {}

  private static List<YamlNode> read(YamlNode item, Where where) {
    return MOUNT.read(item, where).stream().map(node -> complete(node, where)).toList();
  }

  private static void check(YamlMap mount, Where where) {
    String type = mount.text("type").orElse("");
    if (type.equals("cluster") || type.equals("npipe")) {
      where.wrong(
          mount,
          "is of type "
              + type
              + ", which only "
              + (type.equals("npipe") ? "Windows" : "Swarm mode")
              + " has",
          "use a volume or a bind");
    }
    if (Set.of("bind", "image").contains(type) && mount.text("source").isEmpty()) {
      where.wrong(mount, "is of type " + type + " and has no source", "add one");
    }
    if (type.equals("tmpfs") && mount.text("source").isPresent()) {
      where.wrong(mount, "is a tmpfs, and has a source", "remove the source");
    }
    if (mount.text("target").map(String::isEmpty).orElse(false)) {
      where.wrong(mount, "has an empty target", "name the path within the container");
    }
  }

  private static List<YamlMap> expand(YamlScalar written, Where where) {
    List<String> parts = written.text().length() > LONGEST ? List.of() : split(written.text());
    if (parts.isEmpty()
        || written.text().isBlank()
        || parts.size() > 3
        || parts.stream().anyMatch(String::isEmpty)) {
      where.wrong(written, "has to be a mount, and is " + written.portrait(), FORM);
      return List.of();
    }
    boolean isAnonymous = parts.size() == 1;
    String source = isAnonymous ? "" : parts.get(0);
    boolean isBind = isPath(source);
    YamlMap mount = put(YamlMap.empty(written.at()), "type", isBind ? "bind" : "volume");
    if (!isAnonymous) {
      mount = put(mount, "source", source);
    }
    mount = put(mount, "target", parts.get(isAnonymous ? 0 : 1));
    if (isBind) {
      YamlMap bind = YamlMap.empty(written.at());
      mount =
          mount.with("bind", bind.with("create_host_path", YamlScalar.flag(written.at(), true)));
    }
    for (String mode : parts.size() == 3 ? parts.get(2).split(",", -1) : new String[0]) {
      mount = with(mount, mode, written, where);
    }
    return List.of(mount);
  }

  private static YamlMap with(YamlMap mount, String mode, YamlScalar written, Where where) {
    boolean isBind = mount.text("type").orElse("").equals("bind");
    if (mode.equals("ro")) {
      return mount.with("read_only", YamlScalar.flag(mount.at(), true));
    }
    if (mode.equals("rw")) {
      return mount;
    }
    if (CONSISTENCIES.contains(mode)) {
      return put(mount, "consistency", mode);
    }
    if (mode.equals("nocopy") && !isBind) {
      return mount.with(
          "volume", mount.map("volume").with("nocopy", YamlScalar.flag(mount.at(), true)));
    }
    if (mode.equalsIgnoreCase("z")) {
      // Volumes the engine labels itself.
      return isBind ? mount.with("bind", put(mount.map("bind"), "selinux", mode)) : mount;
    }
    if (PROPAGATIONS.contains(mode) && isBind) {
      return mount.with("bind", put(mount.map("bind"), "propagation", mode));
    }
    where.wrong(
        written,
        "has the mode '" + mode + "', which a " + (isBind ? "bind" : "volume") + " does not know",
        Nearest.of(mode, MODES)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("known are " + String.join(", ", MODES)));
    return mount;
  }

  /** At colons; one behind a drive's letter belongs to the path. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    String left = text;
    while (true) {
      int from = DRIVE.matcher(left).matches() ? 2 : 0;
      int colon = left.indexOf(':', from);
      if (colon < 0) {
        parts.add(left);
        return parts;
      }
      parts.add(left.substring(0, colon));
      left = left.substring(colon + 1);
    }
  }

  private static boolean isPath(String source) {
    return source.startsWith(".")
        || source.startsWith("/")
        || source.startsWith("~")
        || DRIVE.matcher(source).matches();
  }

  private static YamlNode complete(YamlNode node, Where where) {
    if (!(node instanceof YamlMap mount)) {
      return node;
    }
    String type = mount.text("type").orElse("");
    Optional<String> source = mount.text("source");
    if (type.equals("bind") && source.isPresent() && !DRIVE.matcher(source.get()).matches()) {
      Optional<String> path = where.absolute(source.get());
      if (path.isEmpty()) {
        where.wrong(node, "names a source that can't be a path", "");
      }
      return put(mount, "source", path.orElse("/")).withDefault("bind", YamlMap.empty(mount.at()));
    }
    return type.equals("volume") ? mount.withDefault("volume", YamlMap.empty(mount.at())) : mount;
  }

  private static YamlMap put(YamlMap map, String key, String text) {
    return map.with(key, YamlScalar.text(map.at(), text));
  }

  private static String target(YamlNode node) {
    return node instanceof YamlMap mount ? mount.text("target").orElse("") : node.toString();
  }
}
