package io.dockherd.doors.actions;

/** The address an action came in on: some things follow from it. */
public sealed interface Arrival {
  /** Any node will do: {@code <cluster>}, {@code <cluster>.register}, or HTTP. */
  record Anywhere() implements Arrival {}

  /** {@code <cluster>.<node>}: that node is meant. */
  record AtNode(String node) implements Arrival {}

  /** A container's id: unless the action names another, it is meant. */
  record AtContainer(String id) implements Arrival {}

  /** The one of the first kind. */
  Arrival ANYWHERE = new Anywhere();
}
