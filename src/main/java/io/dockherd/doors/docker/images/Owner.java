package io.dockherd.doors.docker.images;

import io.dockherd.fleet.Host;

/**
 * A node that has an image.
 *
 * @param id in full
 */
record Owner(Host host, String id) {
  String node() {
    return host.node();
  }
}
