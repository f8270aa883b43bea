package io.dockherd.node;

import io.dockherd.failure.Failure;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.KeyFile;
import io.dockherd.herd.links.DoorTls;
import io.dockherd.herd.links.LinkTls;
import io.dockherd.herd.links.OwnAddresses;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.HerdSettings;
import io.dockherd.telemetry.Log;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The herd key as told, and the TLS of links and doors made from it. */
final class Trust {
  private static final Log LOG = Log.of(Trust.class);

  private Trust() {}

  /** The herd key; empty for a node that is alone or insecure. */
  static Optional<HerdKey> key(Settings settings) {
    return settings
        .get(HerdSettings.KEY)
        .map(HerdKey::parse)
        .or(() -> settings.get(HerdSettings.KEY_FILE).map(KeyFile::read));
  }

  /**
   * Verifies that the key's certificates are signed by what they say, which a start need not wait
   * for: with a damaged key all peers refuse this node, and this says why.
   */
  static void checkInTheBackground(HerdKey key) {
    Thread.ofVirtual()
        .name("key check")
        .start(
            () -> {
              try {
                key.check();
              } catch (Failure e) {
                LOG.warn("the herd key is damaged", "reason", e.explanation());
              }
            });
  }

  /** TLS between members. */
  static LinkTls links(HerdKey key, Settings settings, InstantSource clock) {
    Set<String> addresses = OwnAddresses.of(List.of(settings.address(), settings.bind()));
    return new LinkTls(key, settings.get(HerdSettings.HERD), settings.name(), addresses, clock);
  }

  /** TLS for callers of the doors. */
  static DoorTls doors(HerdKey key, Settings settings, InstantSource clock) {
    List<String> reachedAt = new ArrayList<>(settings.get(DoorSettings.LISTEN));
    reachedAt.add(settings.address());
    return new DoorTls(key, settings.name(), OwnAddresses.of(reachedAt), clock);
  }
}
