package io.dockherd.doors.bridges;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which of the bus's addresses a bridge opens: to send to, {@code <cluster>}, {@code
 * <cluster>.<node>}, {@code <cluster>.register} and container ids; to listen to, {@code
 * <cluster>.events}. Answers come back in any case.
 *
 * @param cluster the base of the addresses
 */
record BridgeAddresses(String cluster) {
  private static final Pattern CONTAINER_ID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");

  BridgeAddresses {
    Objects.requireNonNull(cluster, "cluster");
  }

  /** Where events are published. */
  String events() {
    return cluster + ".events";
  }

  boolean maySendTo(String address) {
    if (address.equals(events())) {
      return false;
    }
    if (address.equals(cluster) || CONTAINER_ID.matcher(address).matches()) {
      return true;
    }
    return address.startsWith(cluster + ".")
        && NODE.matcher(address.substring(cluster.length() + 1)).matches();
  }

  boolean mayListenTo(String address) {
    return address.equals(events());
  }
}
