package io.dockherd.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {
  @Test
  void argumentsReachTheProgramAsTheyAre() {
    assertEquals("$(id) 'x' ;\n", Invocation.run("printf", "%s\\n", "$(id) 'x' ;"));
  }

  @Test
  void whatFailsSaysWhatItWrote() {
    Refused failed = assertThrows(Refused.class, () -> Invocation.run("ls", "/no/such/folder"));
    assertTrue(failed.getMessage().contains("/no/such/folder"), failed.getMessage());
    assertThrows(Unreachable.class, () -> Invocation.run("no-such-program"));
  }

  @Test
  void whatTakesTooLongIsEnded() {
    assertThrows(
        TimedOut.class, () -> Invocation.of(Duration.ofMillis(50), List.of("sleep", "1000")));
  }
}
