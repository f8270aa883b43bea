package io.dockherd.access;

import java.util.Objects;

/**
 * Who asks.
 *
 * @param name the common name of the client's certificate, the program's name on the bus, {@code
 *     local} for whoever is on this machine, or {@code anybody} where a door is open to the network
 *     without keys
 * @param door the way in: actions, bus, docker, …
 * @param origin where the call came from: an address, a member's name
 */
public record Identity(String name, String door, String origin) {
  /** The name of whoever is on this machine. */
  public static final String LOCAL = "local";

  /** The name of whoever came through an insecure door. */
  public static final String ANYBODY = "anybody";

  public Identity {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(door, "door");
    Objects.requireNonNull(origin, "origin");
  }
}
