package io.dockherd.compose.model;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Something mounted at a path of a container, its {@code target}. */
public sealed interface Mount {
  /** The path within the container. */
  String target();

  /** Whether it can't be written to. */
  boolean isReadOnly();

  /**
   * A volume: {@code {type: volume, source: data, target: /d, volume: {nocopy: true, subpath: a}}}.
   *
   * @param source the project's volume; none for one of the container's own
   */
  record OfVolume(
      Optional<String> source,
      String target,
      boolean isReadOnly,
      boolean isNotFilled,
      Optional<String> subpath,
      Map<String, String> labels)
      implements Mount {
    public OfVolume {
      labels = Copies.of(labels);
    }
  }

  /**
   * A path of the host: {@code {type: bind, source: /a, target: /b, bind: {create_host_path: true,
   * propagation: rslave, selinux: z, recursive: enabled}}}.
   *
   * @param isMade whether the path is made where it is missing
   */
  record OfPath(
      String source,
      String target,
      boolean isReadOnly,
      boolean isMade,
      Optional<String> propagation,
      Optional<String> recursive,
      Optional<String> selinux)
      implements Mount {}

  /** Memory: {@code {type: tmpfs, target: /t, tmpfs: {size: "1024", mode: "1777"}}}. */
  record OfMemory(String target, boolean isReadOnly, OptionalLong sizeBytes, Optional<String> mode)
      implements Mount {}

  /** Another image: {@code {type: image, source: tools, target: /t, image: {subpath: bin}}}. */
  record OfImage(String source, String target, boolean isReadOnly, Optional<String> subpath)
      implements Mount {}
}
