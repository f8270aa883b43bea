package io.dockherd.herd.keys;

import io.dockherd.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** Keys on the curve P-256, by the JDK's own provider. */
final class KeyPairs {
  private static final int CURVE_BITS = 256;

  private KeyPairs() {}

  static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no elliptic curves", e);
    }
  }

  /** Reads PKCS#8. */
  static PrivateKey read(byte[] pkcs8) {
    try {
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new Invalid(
          "herd key", "the herd key holds a private key that can't be read", HerdKey.REMEDY, e);
    }
  }

  /** Whether the two belong together. */
  static boolean match(PublicKey open, PrivateKey secret) {
    byte[] sample = "the same pair?".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signing = Signature.getInstance("SHA256withECDSA");
      signing.initSign(secret);
      signing.update(sample);
      Signature checking = Signature.getInstance("SHA256withECDSA");
      checking.initVerify(open);
      checking.update(sample);
      return checking.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static boolean isSignedWith(X509Certificate certificate, PublicKey key) {
    try {
      certificate.verify(key);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static boolean isOnCurve(PublicKey key) {
    return key instanceof ECPublicKey ec
        && ec.getParams().getOrder().bitLength() == CURVE_BITS
        && ec.getParams().getCurve().getField().getFieldSize() == CURVE_BITS;
  }
}
