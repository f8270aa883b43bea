package io.dockherd.herd.links;

import io.vertx.core.net.ClientSSLOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * All a client needs to connect to a member's relay.
 *
 * @param host what to dial; with TLS also the name to verify (the Host header's), so leave it as it
 *     is
 * @param tls key, trust in that one member, host check; empty in a herd without a key
 * @param claim what to send as the {@link Relay#CLAIM} header: who we are, for where no certificate
 *     says it
 */
public record RelayTarget(String host, int port, Optional<ClientSSLOptions> tls, String claim) {
  public RelayTarget {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(claim, "claim");
  }
}
