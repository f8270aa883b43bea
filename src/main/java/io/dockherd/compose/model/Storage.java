package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;

/**
 * What files a container sees besides its image's.
 *
 * <pre>
 * volumes: [{type: volume, source: data, target: /data}]
 * volumes_from: ["files:ro"]
 * tmpfs: ["/run:size=64m"]
 * configs: [{source: app, target: /etc/app}]
 * secrets: [{source: key}]
 * read_only: true
 * shm_size: "67108864"
 * </pre>
 *
 * @param tmpfs path → options
 */
public record Storage(
    List<Mount> mounts,
    List<VolumesFrom> volumesFrom,
    Map<String, String> tmpfs,
    List<Grant> configs,
    List<Grant> secrets,
    boolean isRootReadOnly) {
  public Storage {
    mounts = List.copyOf(mounts);
    volumesFrom = List.copyOf(volumesFrom);
    tmpfs = Copies.of(tmpfs);
    configs = List.copyOf(configs);
    secrets = List.copyOf(secrets);
  }

  /** All that another has mounted: {@code files:ro}, {@code container:other}. */
  public record VolumesFrom(Namespace owner, boolean isReadOnly) {}
}
