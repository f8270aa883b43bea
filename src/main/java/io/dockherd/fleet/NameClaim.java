package io.dockherd.fleet;

/**
 * The right to give a container a name, held against everybody else in the herd until it is closed.
 */
public interface NameClaim extends AutoCloseable {
  /** A container has the name now: it stays claimed until facts show that. */
  void taken();

  /** Lets go of it; never fails. */
  @Override
  void close();
}
