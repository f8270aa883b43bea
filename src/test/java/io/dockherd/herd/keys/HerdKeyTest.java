package io.dockherd.herd.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Refused;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HerdKeyTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void aKeyIsReadAsItWasWritten() {
    HerdKey key = HerdKey.create(NOW, Generation.VALIDITY);
    HerdKey read = HerdKey.parse(key.toPem());
    assertEquals(key.toPem(), read.toPem());
    assertEquals(key.generations(), read.generations());
  }

  @Test
  void membersAndClientsHaveAuthoritiesOfTheirOwn() {
    HerdKey key = HerdKey.create(NOW, Generation.VALIDITY);
    assertFalse(
        key.signer(Role.MEMBERS)
            .certificate()
            .getPublicKey()
            .equals(key.signer(Role.CLIENTS).certificate().getPublicKey()));
  }

  @Test
  void eachStepOfARotationIsReadAsItWasWritten() {
    HerdKey added =
        HerdKey.create(NOW, Generation.VALIDITY)
            .adding(Generation.create(NOW, Generation.VALIDITY));
    for (HerdKey key : List.of(added, added.signing(), added.signing().dropping())) {
      HerdKey read = HerdKey.parse(key.toPem());
      assertEquals(key.generations(), read.generations());
      assertEquals(key.rotation(), read.rotation());
    }
  }

  @Test
  void theOldGenerationSignsUntilTheSecondStep() {
    HerdKey old = HerdKey.create(NOW, Generation.VALIDITY);
    HerdKey added = old.adding(Generation.create(NOW, Generation.VALIDITY));
    assertEquals(old.signer(Role.MEMBERS), added.signer(Role.MEMBERS));
    assertEquals(2, added.trusted(Role.MEMBERS).size());
    HerdKey signing = added.signing();
    assertEquals(added.nextSigner(Role.MEMBERS), signing.signer(Role.MEMBERS));
    assertEquals(2, signing.trusted(Role.MEMBERS).size());
    assertEquals(List.of(signing.generations().getFirst()), signing.dropping().generations());
  }

  @Test
  void theSecondStepLeavesNoPrivateKeyOfTheOldGenerationBehind() {
    HerdKey added =
        HerdKey.create(NOW, Generation.VALIDITY)
            .adding(Generation.create(NOW, Generation.VALIDITY));
    assertEquals(4, added.toPem().split("BEGIN PRIVATE KEY", -1).length - 1);
    assertEquals(2, added.signing().toPem().split("BEGIN PRIVATE KEY", -1).length - 1);
  }

  @Test
  void stepsCannotBeSkipped() {
    HerdKey key = HerdKey.create(NOW, Generation.VALIDITY);
    HerdKey added = key.adding(Generation.create(NOW, Generation.VALIDITY));
    assertThrows(Refused.class, key::signing);
    assertThrows(Refused.class, key::dropping);
    assertThrows(Refused.class, added::dropping);
    assertThrows(Refused.class, () -> added.adding(Generation.create(NOW, Generation.VALIDITY)));
    assertThrows(Refused.class, () -> added.signing().signing());
  }

  @Test
  void nothingPrintedByAccidentHoldsAPrivateKey() {
    HerdKey key = HerdKey.create(NOW, Generation.VALIDITY);
    assertTrue(key.toString().startsWith("herd key ["), key::toString);
    assertFalse(key.generations().toString().contains("PRIVATE"));
  }
}
