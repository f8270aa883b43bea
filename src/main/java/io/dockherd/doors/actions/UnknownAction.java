package io.dockherd.doors.actions;

/** There is no action of that name; a request's own fault, in the seed's own words. */
final class UnknownAction extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String action;

  UnknownAction(String action) {
    super("'" + action + "' is no action; see docs/actions.md for all", null, false, false);
    this.action = action;
  }

  String action() {
    return action;
  }
}
