package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {
  @Test
  void anAddressIsItself() {
    assertEquals(Set.of("10.0.0.1"), OwnAddresses.of(List.of("10.0.0.1", "10.0.0.1")));
  }

  @Test
  void aNameBringsItsAddresses() {
    Set<String> found = OwnAddresses.of(List.of("localhost"));
    assertTrue(found.contains("localhost"), found::toString);
    assertTrue(found.contains("127.0.0.1"), found::toString);
  }

  @Test
  void theWildcardIsEveryAddressOfTheMachine() {
    Set<String> found = OwnAddresses.of(List.of("0.0.0.0"));
    assertTrue(found.contains("127.0.0.1"), found::toString);
    assertTrue(!found.contains("0.0.0.0"), found::toString);
  }

  @Test
  void whatIsNeitherIsRefused() {
    assertThrows(Invalid.class, () -> OwnAddresses.of(List.of("a b")));
  }
}
