package io.dockherd.apps.compose;

import io.dockherd.compose.model.Mount;
import io.dockherd.compose.model.Namespace;
import io.dockherd.compose.model.Service;
import io.dockherd.compose.model.Storage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** What is mounted in a container, in an engine's words: of HostConfig. */
final class MountPart {
  private MountPart() {}

  /**
   * @param volumes key → the engine's name
   */
  static void write(Service service, Map<String, String> volumes, Entries host, Findings findings) {
    Storage storage = service.storage();
    JsonArray mounts = new JsonArray();
    JsonArray binds = new JsonArray();
    for (Mount mount : storage.mounts()) {
      if (mount instanceof Mount.OfPath path && path.selinux().isPresent()) {
        // Only this form can have an engine label the host's files.
        if (path.source().contains(":") || path.target().contains(":")) {
          findings.refuse(
              "service "
                  + service.name()
                  + " mounts a path with a ':' in it and has it labelled for SELinux",
              "rename the path, or leave 'selinux' out");
        }
        binds.add(bind(path));
      } else {
        mounts.add(mount(mount, volumes));
      }
    }
    JsonArray others = new JsonArray();
    for (Storage.VolumesFrom from : storage.volumesFrom()) {
      if (from.owner() instanceof Namespace.OfContainer(String container)) {
        others.add(container + (from.isReadOnly() ? ":ro" : ""));
      }
    }
    host.items("Mounts", mounts)
        .items("Binds", binds)
        .items("VolumesFrom", others)
        .map("Tmpfs", storage.tmpfs())
        .flag("ReadonlyRootfs", storage.isRootReadOnly());
  }

  private static String bind(Mount.OfPath path) {
    StringBuilder options = new StringBuilder(path.isReadOnly() ? "ro" : "rw");
    path.selinux().ifPresent(label -> options.append(',').append(label));
    path.propagation().ifPresent(how -> options.append(',').append(how));
    return path.source() + ":" + path.target() + ":" + options;
  }

  private static JsonObject mount(Mount mount, Map<String, String> volumes) {
    Entries entries = new Entries();
    switch (mount) {
      case Mount.OfVolume volume ->
          entries
              .put("Type", "volume")
              .text("Source", volume.source().map(volumes::get))
              .object(
                  "VolumeOptions",
                  new Entries()
                      .flag("NoCopy", volume.isNotFilled())
                      .map("Labels", volume.labels())
                      .text("Subpath", volume.subpath())
                      .json());
      case Mount.OfPath path ->
          entries
              .put("Type", "bind")
              .put("Source", path.source())
              .object("BindOptions", options(path));
      case Mount.OfMemory memory ->
          entries
              .put("Type", "tmpfs")
              .object(
                  "TmpfsOptions",
                  new Entries()
                      .whole("SizeBytes", memory.sizeBytes())
                      .put(
                          "Mode",
                          memory.mode().map(octal -> Integer.parseInt(octal, 8)).orElse(01777))
                      .json());
      case Mount.OfImage image ->
          entries
              .put("Type", "image")
              .put("Source", image.source())
              .object("ImageOptions", new Entries().text("Subpath", image.subpath()).json());
    }
    return entries.put("Target", mount.target()).flag("ReadOnly", mount.isReadOnly()).json();
  }

  private static JsonObject options(Mount.OfPath path) {
    Optional<String> recursive = path.recursive();
    return new Entries()
        .text("Propagation", path.propagation())
        .flag("CreateMountpoint", path.isMade())
        .flag("NonRecursive", recursive.equals(Optional.of("disabled")))
        .flag("ReadOnlyNonRecursive", recursive.equals(Optional.of("writable")))
        .flag("ReadOnlyForceRecursive", recursive.equals(Optional.of("readonly")))
        .json();
  }
}
