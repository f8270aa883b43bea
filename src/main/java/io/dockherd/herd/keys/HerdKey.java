package io.dockherd.herd.keys;

import io.dockherd.failure.Refused;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What admits to a herd: whoever holds it can make itself a member, and make clients' certificates.
 * Written by {@code dockherd key new}, handed to every node.
 *
 * <p>It holds one or two generations. The first signs; all are trusted. So a key is rotated without
 * an outage, node by node, in three steps, each of which must have reached <em>every</em> node
 * before the next begins:
 *
 * <ol>
 *   <li>{@link #adding}: all come to trust the new generation; the old one still signs.
 *   <li>{@link #signing}: the new one signs; the old one is only trusted, its private keys are gone
 *       from the bundle.
 *   <li>{@link #dropping}: the old one is trusted no more.
 * </ol>
 *
 * Nodes one step apart always accept each other, in both directions; nodes two or more steps apart
 * may not.
 *
 * <p>As text it is PEM: for each generation the members' certificate, its private key (unless only
 * trusted), the clients' certificate, its private key.
 */
public final class HerdKey {
  static final String REMEDY = "make one with 'dockherd key new FILE', or copy it whole again";

  private static final int MAX_GENERATIONS = 2;

  private final List<Generation> generations;

  HerdKey(List<Generation> generations) {
    if (generations.isEmpty()) {
      throw Pem.invalid("is empty");
    }
    if (generations.size() > MAX_GENERATIONS) {
      throw Pem.invalid("has more than two generations");
    }
    if (!generations.getFirst().canSign()) {
      throw Pem.invalid("has no private keys in its first generation, so it can't sign");
    }
    this.generations = List.copyOf(generations);
  }

  /** A new key of one generation. */
  public static HerdKey create(Instant now, Duration validity) {
    return new HerdKey(List.of(Generation.create(now, validity)));
  }

  /**
   * Reads what {@link #toPem} wrote.
   *
   * @throws io.dockherd.failure.Invalid when it is anything else
   */
  public static HerdKey parse(String pem) {
    return BundleReader.read(pem);
  }

  /**
   * Checks what {@link #parse} doesn't, because it takes a cold JVM some 50 ms: that every
   * certificate is intact and every private key belongs to its certificate. A node with a damaged
   * key is refused by all others, so it does no harm to check after having started.
   *
   * @throws io.dockherd.failure.Invalid when it isn't so
   */
  public HerdKey check() {
    for (Generation generation : generations) {
      for (Role role : Role.values()) {
        if (!generation.of(role).isIntact()) {
          throw Pem.invalid("is damaged: " + generation.of(role) + " does not fit together");
        }
      }
    }
    return this;
  }

  /** The generations; the first signs. */
  public List<Generation> generations() {
    return generations;
  }

  /** The authority of that role that signs. */
  public Authority signer(Role role) {
    return generations.getFirst().of(role);
  }

  /** The authority of that role that will sign after the next step; the signer, if none is due. */
  public Authority nextSigner(Role role) {
    return generations.getLast().canSign() ? generations.getLast().of(role) : signer(role);
  }

  /** The certificates trusted in that role. */
  public List<X509Certificate> trusted(Role role) {
    return generations.stream().map(generation -> generation.of(role).certificate()).toList();
  }

  /** How far a rotation has come. */
  public Rotation rotation() {
    if (generations.size() == 1) {
      return Rotation.NONE;
    }
    return generations.getLast().canSign() ? Rotation.ADDED : Rotation.SIGNING;
  }

  /**
   * First step: trusts {@code next} as well.
   *
   * @throws Refused when a rotation is under way
   */
  public HerdKey adding(Generation next) {
    requireStep(Rotation.NONE);
    return new HerdKey(List.of(generations.getFirst(), next));
  }

  /**
   * Second step: signs with the new generation, keeps the old one as trusted only.
   *
   * @throws Refused when the first step is not the last one made
   */
  public HerdKey signing() {
    requireStep(Rotation.ADDED);
    return new HerdKey(List.of(generations.getLast(), generations.getFirst().trustedOnly()));
  }

  /**
   * Third step: trusts the new generation only.
   *
   * @throws Refused when the second step is not the last one made
   */
  public HerdKey dropping() {
    requireStep(Rotation.SIGNING);
    return new HerdKey(List.of(generations.getFirst()));
  }

  /** The bundle, private keys included. */
  public String toPem() {
    StringBuilder pem = new StringBuilder("# Dockherd herd key. Keep it secret.\n");
    for (Generation generation : generations) {
      pem.append("# generation ").append(generation.name()).append('\n');
      for (Role role : Role.values()) {
        Authority authority = generation.of(role);
        pem.append("# ").append(role.label()).append('\n');
        pem.append(Pem.of(authority.certificate()));
        authority.signingKey().ifPresent(key -> pem.append(Pem.of(key)));
      }
    }
    return pem.toString();
  }

  /** The trusted certificates of a role, as PEM: what clients get as ca.pem. */
  public String trustedPem(Role role) {
    StringBuilder pem = new StringBuilder();
    trusted(role).forEach(certificate -> pem.append(Pem.of(certificate)));
    return pem.toString();
  }

  @Override
  public String toString() {
    return "herd key " + generations.stream().map(Generation::name).toList();
  }

  private void requireStep(Rotation step) {
    if (rotation() != step) {
      throw new Refused("herd key", "this key " + rotation().state(), rotation().next());
    }
  }
}
