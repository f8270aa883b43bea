package io.dockherd.apps.model;

/** What becomes of an app when the herd is split; design and reasons are in docs/apps.md. */
public enum OnSplit {
  /**
   * Each side keeps the app at its scale from what it can reach; the surplus goes after the heal.
   */
  AVAILABLE,
  /** Only the side that sees more than half of the known nodes starts anything. */
  MAJORITY,
  /** An instance is never made anew elsewhere; it comes back with its node. */
  STAY
}
