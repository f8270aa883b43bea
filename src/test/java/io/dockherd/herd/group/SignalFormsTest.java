package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.herd.wire.Malformed;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the group's own protocols say is read as it was meant, and rubbish is refused. */
class SignalFormsTest {
  private static final Address A = new UUID(1, -2);
  private static final Address B = new UUID(Long.MIN_VALUE, 7);

  @BeforeAll
  static void confine() {
    Vocabulary.confine();
  }

  @Test
  void pulses() {
    for (Pulse pulse :
        List.of(
            new Pulse.Beat(new Suspicions.Report<>(3, 1000, Set.of(A), Set.of(A, B))),
            new Pulse.Beat(new Suspicions.Report<>(0, 0, Set.of(), Set.of())),
            new Pulse.Ask(),
            new Pulse.Answer(-1, false),
            new Pulse.Answer(70_000, true))) {
      readBack(pulse.toBytes(), pulse, Pulse::read);
    }
    assertThrows(Malformed.class, () -> Pulse.read(new byte[] {9}));
  }

  @Test
  void introductions() throws UnknownHostException {
    Map<Address, IpAddress> places =
        Map.of(A, new IpAddress("10.0.0.1", 7411), B, new IpAddress("fd00::1", 65_535));
    for (Introduction introduction :
        List.of(
            new Introduction.Check(1, places),
            new Introduction.Ask(2, true),
            new Introduction.Answer(3, Optional.empty(), Map.of()),
            new Introduction.Answer(4, Optional.of(B), places),
            new Introduction.Reached(5, Set.of(A, B)))) {
      readBack(introduction.toBytes(), introduction, Introduction::read);
    }
    assertThrows(Malformed.class, () -> Introduction.read(new byte[] {9, 0}));
  }

  /** Whole; with something after it that a later version may say; and never when cut off. */
  private static <T> void readBack(byte[] bytes, T expected, Function<byte[], T> reader) {
    assertEquals(expected, reader.apply(bytes));
    assertEquals(expected, reader.apply(Arrays.copyOf(bytes, bytes.length + 3)));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(Malformed.class, () -> reader.apply(cut), "cut at " + length);
    }
  }

  @Test
  void rubbishIsMalformedOrHarmless() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] rubbish = new byte[random.nextInt(60)];
      random.nextBytes(rubbish);
      if (rubbish.length > 0) {
        rubbish[0] = (byte) random.nextInt(5);
      }
      for (Function<byte[], ?> reader :
          List.<Function<byte[], ?>>of(Pulse::read, Introduction::read)) {
        try {
          reader.apply(rubbish);
        } catch (Malformed e) {
          // As it should be.
          assertEquals(Malformed.class, e.getClass());
        }
      }
    }
  }
}
