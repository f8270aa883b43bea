package io.dockherd.herd.links;

import io.dockherd.herd.keys.AlternativeName;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.HostName;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Purpose;
import io.dockherd.herd.keys.Role;
import io.dockherd.herd.keys.Subjects;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.TrustOptions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Mutual TLS 1.3 between the members of one herd, for all three links.
 *
 * <p>Each side shows a short-lived leaf that this process issued itself from the herd key, and lets
 * in only leaves of the herd key's members' authorities that are valid now and name this herd. Who
 * dials checks besides that the leaf names the host dialled, and, where it wants a certain member
 * ({@link #clientOptions}), that member.
 *
 * <p>TLS 1.3 shows a refusal to the one who dialled only when it reads: a finished handshake is not
 * yet an admission.
 */
public final class LinkTls {
  /** How long a leaf is valid; it is renewed when half of that has passed. */
  public static final Duration LEAF_VALIDITY = Duration.ofDays(7);

  static final String PROTOCOL = "TLSv1.3";

  /**
   * How clients are to compare the host dialled with the certificate. Our own trust does it in any
   * case; with "" Vert.x would tell TLS that nobody need.
   */
  static final String HOST_CHECK = "HTTPS";

  /** In place of a member's name: any member. */
  static final String ANY = "";

  private final MemberName self;
  private final List<AlternativeName> names;
  private final InstantSource clock;
  private final LeafSource leaves;
  private final LeafKeyManager keyManager;
  private final KeyCertOptions keyCert;
  private final Map<String, TrustOptions> trustInNodes = new ConcurrentHashMap<>();
  private volatile HerdKey key;
  private volatile Issued issued;

  /**
   * TLS for one member.
   *
   * @param herd the herd's name: members of another are refused, though they hold the same key
   * @param node this member's name
   * @param addresses where the others reach it: IP addresses and host names; see {@link
   *     OwnAddresses}
   */
  public LinkTls(
      HerdKey key, String herd, String node, Collection<String> addresses, InstantSource clock) {
    this.key = Objects.requireNonNull(key, "key");
    this.self = new MemberName(herd, node);
    this.names = names(self, addresses);
    this.clock = Objects.requireNonNull(clock, "clock");
    this.issued = new Issued(key.trusted(Role.MEMBERS), clock);
    this.leaves = new LeafSource(clock, this::issue);
    this.keyManager = new LeafKeyManager(leaves);
    this.keyCert = new HandedKeys(keyManager);
  }

  /**
   * For the group's sockets. The server's side must ask for client certificates (JGroups: {@code
   * tls.client_auth=NEED}); everything else is seen to here.
   */
  public SSLContext sslContext() {
    try {
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(new KeyManager[] {keyManager}, new TrustManager[] {trust(ANY)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + PROTOCOL, e);
    }
  }

  /** Lets a server take members only. Returns the same options. */
  public <T extends NetServerOptions> T secure(T options) {
    options.setSsl(true);
    options.setEnabledSecureTransportProtocols(Set.of(PROTOCOL));
    options.setKeyCertOptions(keyCert);
    options.setTrustOptions(new HandedTrust(trust(ANY)));
    options.setClientAuth(ClientAuth.REQUIRED);
    return options;
  }

  /**
   * For a client's connections to one member: the other side must prove that name, and its
   * certificate must name the host dialled. What is returned for a name always compares equal, as
   * pools of connections and caches of contexts need it.
   */
  public ClientSSLOptions clientOptions(String node) {
    TrustOptions trust = trustInNodes.computeIfAbsent(node, name -> new HandedTrust(trust(name)));
    return new ClientSSLOptions()
        .setEnabledSecureTransportProtocols(Set.of(PROTOCOL))
        .setKeyCertOptions(keyCert)
        .setTrustOptions(trust)
        .setTrustAll(false)
        .setHostnameVerificationAlgorithm(HOST_CHECK);
  }

  /**
   * Goes on with another generation of the key, from the next handshake on. Open connections stay.
   */
  public void use(HerdKey next) {
    issued = new Issued(next.trusted(Role.MEMBERS), clock);
    key = next;
    leaves.forget();
  }

  /** This member's leaf of today. */
  Leaf leaf() {
    return leaves.current();
  }

  String node() {
    return self.node();
  }

  HerdKey key() {
    return key;
  }

  KeyCertOptions keyCertOptions() {
    return keyCert;
  }

  /** Trust in that member, or in {@link #ANY}. */
  X509ExtendedTrustManager trust(String node) {
    return new MemberTrust(() -> issued, self.herd(), node);
  }

  private Leaf issue(Instant now) {
    return key.signer(Role.MEMBERS)
        .issue(
            Subjects.of(self.node(), "member"),
            EnumSet.of(Purpose.CLIENT, Purpose.SERVER),
            names,
            now,
            LEAF_VALIDITY);
  }

  private static List<AlternativeName> names(MemberName self, Collection<String> addresses) {
    List<AlternativeName> names = new ArrayList<>();
    names.add(new AlternativeName.Uri(self.uri()));
    if (HostName.isValid(self.node())) {
      names.add(new AlternativeName.Dns(self.node()));
    }
    addresses.stream().map(AlternativeName::of).filter(n -> !names.contains(n)).forEach(names::add);
    return names;
  }
}
