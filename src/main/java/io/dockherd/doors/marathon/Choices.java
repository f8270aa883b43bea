package io.dockherd.doors.marathon;

import io.dockherd.apps.AppView;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.PortSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Service ports this node's calls have chosen and not written yet: two calls at once do not choose
 * the same, and none waits for another's writing.
 */
final class Choices {
  private final List<List<Wanted>> unwritten = new ArrayList<>();

  /**
   * Chooses, then makes the change.
   *
   * @param own whose ports are their own
   * @param choose what is wanted, when those ports are taken; must not wait
   */
  <T> T choosing(
      Collection<AppPath> own,
      Supplier<List<AppView>> there,
      Function<Set<Integer>, List<Wanted>> choose,
      Function<List<Wanted>, T> change) {
    List<Wanted> wanted = chosen(own, there, choose);
    try {
      return change.apply(wanted);
    } finally {
      forget(wanted);
    }
  }

  private synchronized List<Wanted> chosen(
      Collection<AppPath> own,
      Supplier<List<AppView>> there,
      Function<Set<Integer>, List<Wanted>> choose) {
    Set<Integer> taken = new HashSet<>();
    for (AppView view : there.get()) {
      if (!own.contains(view.app().path())) {
        addPorts(view.revision().config(), taken);
      }
    }
    for (List<Wanted> others : unwritten) {
      for (Wanted other : others) {
        if (!own.contains(other.path())) {
          addPorts(other, taken);
        }
      }
    }
    List<Wanted> wanted = List.copyOf(choose.apply(taken));
    unwritten.add(wanted);
    return wanted;
  }

  private synchronized void forget(List<Wanted> wanted) {
    unwritten.removeIf(each -> each == wanted);
  }

  /** The service ports an app is given; one that stays as it is has been given them. */
  static void addPorts(Wanted wanted, Set<Integer> ports) {
    wanted.config().ifPresent(config -> addPorts(config, ports));
  }

  /** The service ports of an app. */
  static void addPorts(AppConfig config, Set<Integer> ports) {
    config.pod().ports().stream()
        .map(PortSpec::servicePort)
        .filter(port -> port > 0)
        .forEach(ports::add);
  }
}
