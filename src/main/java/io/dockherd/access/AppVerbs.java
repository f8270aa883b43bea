package io.dockherd.access;

/**
 * What may be done with apps, in the words all doors ask the {@link Gate} with, whatever their own
 * dialects call it. The subject is an app's path or a group's, {@code /shop/web} or {@code /shop};
 * a group stands for all apps in it, {@code /} for all there are.
 */
public final class AppVerbs {
  /** Seeing which apps there are and how they stand: listings, groups, queues, rollouts. */
  public static final String LIST = "app.list";

  /** Seeing one app: its configuration, instances and versions. */
  public static final String INSPECT = "app.inspect";

  /** Following what happens. */
  public static final String EVENTS = "app.events";

  /** Reading what instances write. */
  public static final String LOGS = "app.logs";

  /**
   * Saying what an app is to be, new or not, its number included; of a group, also what it no
   * longer holds.
   */
  public static final String PUT = "app.put";

  /** Saying how many there are to be and nothing else, where the door knows that beforehand. */
  public static final String SCALE = "app.scale";

  /** Replacing all instances by new ones of the same revision. */
  public static final String RESTART = "app.restart";

  /** Going back to an earlier revision. */
  public static final String ROLLBACK = "app.rollback";

  /** Letting a paused rollout go on. */
  public static final String RESUME = "app.resume";

  /** Taking back or ending a rollout that is under way. */
  public static final String CANCEL = "app.cancel";

  /** Not waiting any longer after failures. */
  public static final String HURRY = "app.hurry";

  /** Stopping instances. */
  public static final String KILL = "app.kill";

  /** Deleting apps. */
  public static final String DELETE = "app.delete";

  /** Removing the networks and volumes of deleted apps. */
  public static final String CLEAR = "app.clear";

  private AppVerbs() {}
}
