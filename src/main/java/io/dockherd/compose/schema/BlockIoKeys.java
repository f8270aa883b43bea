package io.dockherd.compose.schema;

/** How much of the host's disks a container may use. */
final class BlockIoKeys {
  static final Keys BLOCK_IO =
      Keys.of("a blkio_config")
          .honours("weight", Scalars.whole(0, 1000))
          .honours(
              "weight_device",
              ListOf.of(
                  "devices",
                  Keys.of("a device's weight")
                      .honours("path", Scalars.text())
                      .honours("weight", Scalars.whole(0, 1000))
                      .requires("path", "weight")))
          .honours("device_read_bps", rates(Scalars.bytes()))
          .honours("device_read_iops", rates(Scalars.whole(0, Long.MAX_VALUE)))
          .honours("device_write_bps", rates(Scalars.bytes()))
          .honours("device_write_iops", rates(Scalars.whole(0, Long.MAX_VALUE)));

  private BlockIoKeys() {}

  private static Shape rates(Shape rate) {
    return ListOf.of(
        "rates",
        Keys.of("a device's rate")
            .honours("path", Scalars.text())
            .honours("rate", rate)
            .requires("path", "rate"));
  }
}
