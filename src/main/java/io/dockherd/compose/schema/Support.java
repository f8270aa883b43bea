package io.dockherd.compose.schema;

/** What becomes of a key. */
public enum Support {
  /** It is read and does what it says. */
  HONOURED,
  /** It is read and has no effect; a warning says so once. */
  WARNED,
  /** A file that has it is refused. */
  REFUSED
}
