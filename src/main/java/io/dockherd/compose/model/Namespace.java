package io.dockherd.compose.model;

/**
 * Whose network, processes or memory a container shares: {@code service:web}, {@code
 * container:other}, or a word of the engine's: {@code host}, {@code none}, {@code shareable}.
 */
public sealed interface Namespace {
  /** A service's of the same project: both have to run on one node, its owner first. */
  record OfService(String service) implements Namespace {}

  /** A container's that is none of the project. */
  record OfContainer(String container) implements Namespace {}

  /** What the engine calls by that word. */
  record Named(String word) implements Namespace {}
}
