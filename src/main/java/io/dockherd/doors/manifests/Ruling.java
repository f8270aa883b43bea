package io.dockherd.doors.manifests;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.OpenCall;
import java.util.function.Supplier;

/** Asks whether somebody may, and has written down what he changed. */
record Ruling(Gate gate, Audit audit) {
  void admit(OpenCall call, String verb, String subject) {
    gate.admit(call.who(), verb, subject);
  }

  <T> T change(OpenCall call, String verb, String subject, Supplier<T> work) {
    try {
      admit(call, verb, subject);
      T done = work.get();
      audit.changed(call.who(), call.requestId(), verb, subject, "done");
      return done;
    } catch (RuntimeException e) {
      audit.changed(call.who(), call.requestId(), verb, subject, KeyErrors.outcome(e));
      throw e;
    }
  }
}
