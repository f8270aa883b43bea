package io.dockherd.compose.yaml;

/** What a tag on a node says about merging it onto earlier files. */
public enum Directive {
  /** No tag: merge by the rules of the key. */
  NONE,
  /** {@code !reset}: what earlier files set is removed; the node's own value means nothing. */
  RESET,
  /** {@code !override}: replaces what earlier files set, whatever the key's rule. */
  OVERRIDE
}
