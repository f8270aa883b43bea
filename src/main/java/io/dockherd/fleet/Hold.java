package io.dockherd.fleet;

/** Room taken up at this node's own engine for what is about to be made there. */
public interface Hold extends AutoCloseable {
  /**
   * Lets go of it, once it is made or is not to be made; never fails, and more than once is once.
   */
  @Override
  void close();
}
