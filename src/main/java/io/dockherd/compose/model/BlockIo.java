package io.dockherd.compose.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * How much of the host's disks a container may use.
 *
 * <pre>
 * blkio_config:
 *   weight: 300
 *   weight_device: [{path: /dev/sda, weight: 400}]
 *   device_read_bps: [{path: /dev/sdb, rate: 12mb}]
 *   device_read_iops: [{path: /dev/sdb, rate: 120}]
 *   device_write_bps: [{path: /dev/sdb, rate: 1024k}]
 *   device_write_iops: [{path: /dev/sdb, rate: 30}]
 * </pre>
 */
public record BlockIo(
    OptionalInt weight,
    List<Share> weights,
    List<Share> readBytes,
    List<Share> reads,
    List<Share> writtenBytes,
    List<Share> writes) {
  public BlockIo {
    weights = List.copyOf(weights);
    readBytes = List.copyOf(readBytes);
    reads = List.copyOf(reads);
    writtenBytes = List.copyOf(writtenBytes);
    writes = List.copyOf(writes);
  }

  /** A device's: a weight, or so many bytes or operations a second. */
  public record Share(String path, long amount) {}
}
