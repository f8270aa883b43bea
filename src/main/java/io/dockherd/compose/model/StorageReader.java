package io.dockherd.compose.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what files a canonical service sees. */
final class StorageReader {
  private static final String SECRETS = "/run/secrets/";

  private StorageReader() {}

  static Storage read(Fields service, Neighbours neighbours) {
    return new Storage(
        service.items("volumes", StorageReader::mount),
        service.texts("volumes_from").stream().map(neighbours::volumesFrom).toList(),
        tmpfs(service.texts("tmpfs")),
        service.items("configs", grant -> grant(grant, "/")),
        service.items("secrets", grant -> grant(grant, SECRETS)),
        service.flag("read_only"));
  }

  private static Mount mount(Fields mount) {
    String target = mount.need("target");
    boolean isReadOnly = mount.flag("read_only");
    Fields volume = mount.at("volume");
    Fields bind = mount.at("bind");
    Fields memory = mount.at("tmpfs");
    Fields image = mount.at("image");
    return switch (mount.need("type")) {
      case "bind" ->
          new Mount.OfPath(
              mount.need("source"),
              target,
              isReadOnly,
              bind.maybeFlag("create_host_path").orElse(true),
              bind.text("propagation"),
              bind.text("recursive"),
              bind.text("selinux"));
      case "tmpfs" ->
          new Mount.OfMemory(target, isReadOnly, memory.whole("size"), memory.text("mode"));
      case "image" ->
          new Mount.OfImage(mount.need("source"), target, isReadOnly, image.text("subpath"));
      default ->
          new Mount.OfVolume(
              mount.text("source"),
              target,
              isReadOnly,
              volume.flag("nocopy"),
              volume.text("subpath"),
              volume.named("labels"));
    };
  }

  private static Map<String, String> tmpfs(List<String> written) {
    Map<String, String> tmpfs = new LinkedHashMap<>();
    for (String item : written) {
      int colon = item.indexOf(':');
      tmpfs.put(
          colon < 0 ? item : item.substring(0, colon), colon < 0 ? "" : item.substring(colon + 1));
    }
    return tmpfs;
  }

  private static Grant grant(Fields grant, String folder) {
    String source = grant.need("source");
    String target = grant.text("target").orElse(source);
    return new Grant(
        source,
        target.startsWith("/") ? target : folder + target,
        grant.text("uid"),
        grant.text("gid"),
        grant.text("mode"));
  }
}
