package io.dockherd.herd.audience;

/**
 * Something that has happened, as a listener is told.
 *
 * @param <E> the kind of news this is
 */
public interface News<E extends News<E>> {
  /** What it is about: of two news of equal subjects one can stand for both. */
  Object subject();

  /** This for a listener who has not been told {@code earlier}, of the same subject, before it. */
  E after(E earlier);
}
