package io.dockherd.herd.group;

import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Where peers may be listening. A finder only finds: whom it names still has to hold the herd key,
 * and an address where nobody answers costs nothing but an attempt.
 */
@FunctionalInterface
public interface Finder extends AutoCloseable {
  /**
   * The addresses known just now, resolved; may hold this peer's own. Called on a virtual thread
   * when the group joins and every {@link GroupSettings.Looking#find} from then on, so it may wait;
   * what it throws is logged and taken as "nothing found".
   */
  Set<InetSocketAddress> find();

  /** Where this group listens; told once, before the first {@link #find}. */
  default void announce(InetSocketAddress self) {}

  @Override
  default void close() {}
}
