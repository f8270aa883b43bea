package io.dockherd.herd.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bundles that were cut short, pasted together, or made to harm. */
class HostileBundleTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final HerdKey KEY = HerdKey.create(NOW, Generation.VALIDITY);
  private static final HerdKey OTHER = HerdKey.create(NOW, Generation.VALIDITY);
  private static final String PEM = KEY.toPem();

  private static void requireInvalid(String pem) {
    assertThrows(Invalid.class, () -> HerdKey.parse(pem).check());
  }

  private static Authority members(HerdKey key) {
    return key.signer(Role.MEMBERS);
  }

  private static Authority clients(HerdKey key) {
    return key.signer(Role.CLIENTS);
  }

  private static String certificate(Authority authority) {
    return Pem.of(authority.certificate());
  }

  private static String key(Authority authority) {
    return Pem.of(authority.signingKey().orElseThrow());
  }

  @Test
  void everyTruncationIsInvalid() {
    // The last line break is no part of the last block.
    for (int length = 0; length < PEM.length() - 1; length++) {
      requireInvalid(PEM.substring(0, length));
    }
    HerdKey.parse(PEM).check();
  }

  @Test
  void aChangedByteIsInvalidOrChangesNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = PEM.getBytes(StandardCharsets.US_ASCII);
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) (' ' + random.nextInt(95));
      String changed = new String(bytes, StandardCharsets.US_ASCII);
      try {
        HerdKey read = HerdKey.parse(changed).check();
        // In a comment, or white space at the end of a line.
        assertEquals(KEY.generations(), read.generations(), "seed " + seed + ", byte " + at);
      } catch (Invalid expected) {
        assertEquals("herd key", expected.subject());
      }
    }
  }

  @Test
  void rubbishIsInvalid() {
    requireInvalid("");
    requireInvalid("\n\n# nothing\n");
    requireInvalid("hello");
    requireInvalid("{\"key\":1}");
    requireInvalid("-----BEGIN -----\n-----END -----\n");
    requireInvalid("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    requireInvalid("-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n");
    requireInvalid("-----BEGIN CERTIFICATE-----\nMAA=\n-----END PRIVATE KEY-----\n");
    requireInvalid("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n");
    requireInvalid("-----END CERTIFICATE-----\n");
    requireInvalid("x".repeat(1_000_000));
    requireInvalid("-----BEGIN CERTIFICATE-----\n".repeat(1000));
    requireInvalid("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".repeat(1000));
    requireInvalid("\0".repeat(1000));
  }

  @Test
  void derThatLiesAboutItsLengthIsInvalid() {
    for (byte[] der :
        List.of(
            new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
            new byte[] {0x30, (byte) 0x80, 0x00, 0x00},
            new byte[] {0x30, (byte) 0xff})) {
      requireInvalid(
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getEncoder().encodeToString(der)
              + "\n-----END CERTIFICATE-----\n");
    }
  }

  @Test
  void partsMustBelongTogether() {
    String whole = certificate(members(KEY)) + key(members(KEY)) + certificate(clients(KEY));
    requireInvalid(whole);
    requireInvalid(whole + key(members(KEY)));
    requireInvalid(whole + key(clients(OTHER)));
    requireInvalid(whole + key(clients(KEY)) + key(clients(KEY)));
    requireInvalid(certificate(members(KEY)) + key(members(KEY)));
    requireInvalid(PEM + certificate(clients(KEY)));
    requireInvalid(PEM + certificate(clients(OTHER)));
    requireInvalid(PEM + PEM);
    requireInvalid(PEM + OTHER.toPem() + HerdKey.create(NOW, Generation.VALIDITY).toPem());
    requireInvalid(certificate(members(KEY)) + certificate(clients(KEY)));
  }

  @Test
  void aLeafIsNoAuthority() {
    Leaf leaf =
        members(KEY)
            .issue(
                Authority.subject(Role.CLIENTS, members(KEY).generation()),
                Set.of(Purpose.CLIENT),
                List.of(),
                NOW,
                Duration.ofDays(1));
    requireInvalid(
        certificate(members(KEY)) + key(members(KEY)) + leaf.certificatePem() + leaf.keyPem());
  }

  @Test
  void windowsLineEndsAndIndentationDoNoHarm() {
    assertEquals(KEY.generations(), HerdKey.parse(PEM.replace("\n", "\r\n")).generations());
    assertEquals(KEY.generations(), HerdKey.parse("  " + PEM.replace("\n", "\n  ")).generations());
  }
}
