package io.dockherd.access;

import io.dockherd.telemetry.Log;

/** Writes down who changed what, one line a change, whether it came about or not. */
public final class Audit {
  private static final Log LOG = Log.of(Audit.class);

  /**
   * Somebody did, or tried to do, something that changes the herd.
   *
   * @param requestId of the call
   * @param verb as the {@link Gate} was asked, {@code container.stop}
   * @param subject to what; "" for the herd as a whole
   * @param outcome in a word or two: a status, a failure's name
   */
  public void changed(Identity who, String requestId, String verb, String subject, String outcome) {
    LOG.info(
        "changed",
        "verb",
        verb,
        "subject",
        subject,
        "who",
        who.name(),
        "door",
        who.door(),
        "origin",
        who.origin(),
        "request",
        requestId,
        "outcome",
        outcome);
  }
}
