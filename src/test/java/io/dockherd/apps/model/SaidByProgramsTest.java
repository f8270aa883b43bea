package io.dockherd.apps.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What programs say ends up in records, which have a size, and in the memory of all nodes. */
class SaidByProgramsTest {
  private static final String NOISE = "x".repeat(1_300_000);

  private static InstanceFailure failure(String message) {
    return new InstanceFailure(
        new AppPath("/shop/web"),
        InstanceId.of("1-aaaaaaaa"),
        RevisionId.of("1-ab12cd34"),
        "host-1",
        "10.0.0.1",
        InstanceFailure.Reason.UNHEALTHY,
        message,
        "web",
        -1,
        Collections.nCopies(30, NOISE),
        1);
  }

  @Test
  void howeverMuchIsSaidAFailureIsSmall() {
    assertTrue(failure(NOISE).json().encode().length() < 30_000);
    assertEquals(1_000, failure(NOISE).message().length());
    assertEquals("short", failure("short").message());
    // A character of two halves is not cut in two.
    assertEquals("x".repeat(999), failure("x".repeat(999) + "\ud83d\ude00").message());
  }

  @Test
  void soIsWhatAHealthCheckSays() {
    assertEquals(1_000, new CheckResult(false, 1, 0, 0, 1, NOISE).lastFailureCause().length());
  }
}
