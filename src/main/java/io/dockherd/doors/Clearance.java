package io.dockherd.doors;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What one call asks the gate for: often its path says what it is about, at times only its body or
 * the herd's state does. The audit is told of the very subjects the gate was asked about.
 */
public final class Clearance {
  private final Gate gate;
  private final Audit audit;
  private final OpenCall call;
  private final String verb;
  private final Set<String> subjects = new LinkedHashSet<>();

  /** Of that call, for doing that. */
  public Clearance(Gate gate, Audit audit, OpenCall call, String verb) {
    this.gate = Objects.requireNonNull(gate, "gate");
    this.audit = Objects.requireNonNull(audit, "audit");
    this.call = Objects.requireNonNull(call, "call");
    this.verb = Objects.requireNonNull(verb, "verb");
  }

  /**
   * Returns when the caller may do it to that.
   *
   * @throws io.dockherd.failure.Refused when not
   */
  public void admit(String subject) {
    subjects.add(subject);
    gate.admit(call.who(), verb, subject);
  }

  /**
   * Has it written down for each subject; where nobody came as far as to ask about one, for the
   * herd as a whole.
   *
   * @param outcome in a word or two
   */
  public void changed(String outcome) {
    Set<String> all = subjects.isEmpty() ? Set.of("") : subjects;
    all.forEach(subject -> audit.changed(call.who(), call.requestId(), verb, subject, outcome));
  }
}
