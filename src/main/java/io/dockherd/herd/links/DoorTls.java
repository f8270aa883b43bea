package io.dockherd.herd.links;

import io.dockherd.herd.keys.AlternativeName;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.HostName;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Purpose;
import io.dockherd.herd.keys.Role;
import io.dockherd.herd.keys.Subjects;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * TLS 1.3 on a node's doors. A door shows a short-lived leaf of the clients' authority, which
 * clients know by their ca.pem, and lets in whoever shows a client's certificate of it. The leaf is
 * good for serving only and a client's certificate for calling only, so neither side can play the
 * other; members' certificates are of no use here.
 */
public final class DoorTls {
  /** How long a door's leaf is valid; it is renewed when half of that has passed. */
  public static final Duration LEAF_VALIDITY = Duration.ofDays(7);

  private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "::1");

  private final String node;
  private final List<AlternativeName> names;
  private final InstantSource clock;
  private final LeafSource leaves;
  private volatile HerdKey key;
  private volatile Issued issued;

  /**
   * TLS for the doors of one node.
   *
   * @param addresses what clients dial: IP addresses and host names; the node's own name and
   *     localhost are always among them
   */
  public DoorTls(HerdKey key, String node, Collection<String> addresses, InstantSource clock) {
    this.key = Objects.requireNonNull(key, "key");
    this.node = Objects.requireNonNull(node, "node");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.names = names(node, addresses);
    this.issued = new Issued(key.trusted(Role.CLIENTS), clock);
    this.leaves = new LeafSource(clock, this::issue);
  }

  /** Lets a server take clients with a certificate only. Returns the same options. */
  public <T extends NetServerOptions> T secure(T options) {
    options.setSsl(true);
    options.setEnabledSecureTransportProtocols(Set.of(LinkTls.PROTOCOL));
    options.setKeyCertOptions(new HandedKeys(new LeafKeyManager(leaves)));
    options.setTrustOptions(new HandedTrust(new ClientTrust(() -> issued)));
    options.setClientAuth(ClientAuth.REQUIRED);
    return options;
  }

  /** The leaf of today. */
  Leaf leaf() {
    return leaves.current();
  }

  /** Goes on with another generation of the key, from the next handshake on. */
  public void use(HerdKey next) {
    issued = new Issued(next.trusted(Role.CLIENTS), clock);
    key = next;
    leaves.forget();
  }

  /**
   * The name of the client that showed this certificate: its common name.
   *
   * @throws CertificateException when it has none, or more than one
   */
  public static String clientName(X509Certificate certificate) throws CertificateException {
    try {
      List<String> names =
          new LdapName(certificate.getSubjectX500Principal().getName())
              .getRdns().stream()
                  .filter(part -> part.getType().equalsIgnoreCase("CN"))
                  .map(Rdn::getValue)
                  .filter(String.class::isInstance)
                  .map(String.class::cast)
                  .toList();
      if (names.size() == 1 && !names.getFirst().isBlank()) {
        return names.getFirst();
      }
    } catch (InvalidNameException e) {
      throw new CertificateException("the certificate's subject can't be read", e);
    }
    throw new CertificateException("the certificate names no client");
  }

  private Leaf issue(Instant now) {
    return key.signer(Role.CLIENTS)
        .issue(Subjects.of(node, "door"), Set.of(Purpose.SERVER), names, now, LEAF_VALIDITY);
  }

  private static List<AlternativeName> names(String node, Collection<String> addresses) {
    Set<String> hosts = new LinkedHashSet<>();
    if (HostName.isValid(node)) {
      hosts.add(node);
    }
    hosts.addAll(addresses);
    hosts.addAll(THIS_MACHINE);
    return hosts.stream().map(AlternativeName::of).distinct().toList();
  }
}
