package io.dockherd.access;

import io.dockherd.failure.Refused;

/** Decides whether an identity may do a thing. The one place where that is decided. */
@FunctionalInterface
public interface Gate {
  /** Whoever got through a door may do everything: the rule until there are roles. */
  Gate EVERYTHING = (who, verb, subject) -> {};

  /**
   * Returns when {@code who} may. Decides from what is at hand and must not wait: event loops ask
   * too.
   *
   * @param verb what is to be done, as {@code container.stop}
   * @param subject to what: a name, an id, a key; "" for the herd as a whole
   * @throws Refused when not
   */
  void admit(Identity who, String verb, String subject);
}
