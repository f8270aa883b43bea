package io.dockherd.herd.keys;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The two authorities that were made together.
 *
 * @param members signs what members show each other
 * @param clients signs what clients and doors show each other
 */
public record Generation(Authority members, Authority clients) {
  /** How long authorities are valid unless told otherwise. */
  public static final Duration VALIDITY = Duration.ofDays(3650);

  private static final int NAME_BYTES = 8;

  public Generation {
    Objects.requireNonNull(members, "members");
    Objects.requireNonNull(clients, "clients");
    if (members.role() != Role.MEMBERS || clients.role() != Role.CLIENTS) {
      throw new IllegalArgumentException("authorities in each other's place");
    }
  }

  /** A new one, with new keys and a random name. */
  public static Generation create(Instant now, Duration validity) {
    byte[] name = new byte[NAME_BYTES];
    new SecureRandom().nextBytes(name);
    String hex = HexFormat.of().formatHex(name);
    return new Generation(
        Authority.create(Role.MEMBERS, hex, now, validity),
        Authority.create(Role.CLIENTS, hex, now, validity));
  }

  /** Its name, in hex. */
  public String name() {
    return members.generation();
  }

  /** The authority of that role. */
  public Authority of(Role role) {
    return switch (role) {
      case MEMBERS -> members;
      case CLIENTS -> clients;
    };
  }

  /** Whether both authorities can sign. */
  public boolean canSign() {
    return members.signingKey().isPresent() && clients.signingKey().isPresent();
  }

  Generation trustedOnly() {
    return new Generation(members.trustedOnly(), clients.trustedOnly());
  }
}
