package io.dockherd.apps.pods;

import java.util.LinkedHashSet;

/** The instances that have gone from here of late: an order that comes twice is one order. */
final class Past {
  private static final int MOST = 1000;

  private final LinkedHashSet<InstanceKey> keys = new LinkedHashSet<>();

  synchronized void add(InstanceKey key) {
    keys.add(key);
    if (keys.size() > MOST) {
      keys.removeFirst();
    }
  }

  synchronized boolean contains(InstanceKey key) {
    return keys.contains(key);
  }
}
