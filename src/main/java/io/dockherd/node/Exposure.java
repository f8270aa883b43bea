package io.dockherd.node;

import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.HerdSettings;
import io.dockherd.telemetry.Log;

/** Says at each start what the settings open to strangers, and when they let in nobody at all. */
final class Exposure {
  private static final Log LOG = Log.of(Exposure.class);

  private Exposure() {}

  static void tell(Settings settings) {
    if (settings.isAlone()) {
      LOG.warn(
          "no herd key: the node is alone, on loopback",
          "remedy",
          "make a key with 'dockherd key new FILE' and give it to every node with --key-file FILE");
    }
    if (settings.get(HerdSettings.INSECURE)) {
      LOG.warn(
          "insecure: whoever reaches the ports between nodes is a member, and root on every host",
          "bind",
          settings.bind());
    }
    if (!settings.get(DoorSettings.LISTEN_INSECURE).isEmpty()) {
      LOG.warn(
          "insecure: whoever reaches the doors there is root on every host",
          "listen",
          settings.get(DoorSettings.LISTEN_INSECURE));
    }
  }
}
