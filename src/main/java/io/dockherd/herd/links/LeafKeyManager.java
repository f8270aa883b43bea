package io.dockherd.herd.links;

import io.dockherd.herd.keys.Leaf;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the leaf of today in every handshake, so that nothing is restarted to renew it. The alias
 * of a leaf is its serial number: a handshake that began before a renewal ends with the leaf it
 * began with.
 *
 * <p>Whom the peer says it trusts is not looked at: a peer that doesn't trust us shall say so.
 */
final class LeafKeyManager extends X509ExtendedKeyManager {
  private static final String KEY_TYPE = "EC";

  private final LeafSource leaves;

  LeafKeyManager(LeafSource leaves) {
    this.leaves = leaves;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return List.of(keyTypes).contains(KEY_TYPE) ? alias() : null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return keyType.equals(KEY_TYPE) ? alias() : null;
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return chooseClientAlias(keyTypes, issuers, null);
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return keyType.equals(KEY_TYPE) ? new String[] {alias()} : null;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return getClientAliases(keyType, issuers);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return leaves
        .bySerial(alias)
        .map(leaf -> new X509Certificate[] {leaf.certificate()})
        .orElse(null);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return leaves.bySerial(alias).map(Leaf::key).orElse(null);
  }

  private String alias() {
    return LeafSource.serial(leaves.current());
  }
}
