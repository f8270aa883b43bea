package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ProspectsTest {
  private final Prospects prospects = new Prospects(5);

  private static JsonObject app(int failures, int healthy) {
    return new JsonObject()
        .put("path", "/shop/web")
        .put("failures", failures)
        .put("healthy", healthy);
  }

  @Test
  void fiveFailuresAreTooManyAndFourAreNot() {
    assertFalse(prospects.areBad(app(0, 0)));
    assertFalse(prospects.areBad(app(4, 0)));
    assertTrue(prospects.areBad(app(5, 0)));
  }

  @Test
  void eachThatIsWellMakesUpForOneThatFailed() {
    assertFalse(prospects.areBad(app(0, 0)));
    assertFalse(prospects.areBad(app(7, 3)));
    assertTrue(prospects.areBad(app(8, 3)));
  }

  @Test
  void whatFailedBeforeMayHaveBeenMendedMeanwhile() {
    assertFalse(prospects.areBad(app(9, 0)));
    assertFalse(prospects.areBad(app(9, 0)));
    assertTrue(prospects.areBad(app(10, 0)));
  }

  @Test
  void aRowThatBeginsAnewIsCountedAnew() {
    assertFalse(prospects.areBad(app(9, 0)));
    assertFalse(prospects.areBad(app(1, 0)));
    assertTrue(prospects.areBad(app(5, 0)));
  }

  @Test
  void noNumberIsTooManyForWhoWaitsOn() {
    Prospects patient = new Prospects(0);
    assertFalse(patient.areBad(app(0, 0)));
    assertFalse(patient.areBad(app(1_000, 0)));
  }
}
