package io.dockherd.cli;

/** How this program was called, for the lines it suggests to type. */
final class Self {
  /** As the launcher says: {@code ./dockherd} in a checkout. */
  static final String NAME = System.getenv().getOrDefault("DOCKHERD_SELF", "dockherd");

  private Self() {}
}
