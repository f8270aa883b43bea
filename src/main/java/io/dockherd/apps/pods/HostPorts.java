package io.dockherd.apps.pods;

import io.dockherd.apps.model.PortSpec;
import io.dockherd.failure.Refused;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.PortClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Chooses the host's ports of instances whose apps leave that to the node, and keeps them from
 * being chosen twice. Begins anywhere in the range, so that a port that was just given back is not
 * the next that is given: somebody may still knock there for whoever had it.
 */
final class HostPorts {
  private final PodSettings.Ports range;
  private final Supplier<NodeLoad> load;
  private final PortCheck check;
  private final RandomGenerator random;
  private final Map<String, List<Integer>> held = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Whether the machine itself has a port to give. */
  interface PortCheck {
    boolean isFree(String hostIp, int port, String protocol);
  }

  /**
   * @param load what the engine carries
   */
  HostPorts(
      PodSettings.Ports range, Supplier<NodeLoad> load, PortCheck check, RandomGenerator random) {
    this.range = range;
    this.load = load;
    this.check = check;
    this.random = random;
  }

  /**
   * A port for each, held for that holder from now on in the place of what it held before.
   *
   * @param passedOver are not free, whatever it looks like
   * @throws Refused when there are too few
   */
  List<Integer> choose(String holder, List<PortSpec> ports, Set<Integer> passedOver) {
    lock.lock();
    try {
      held.remove(holder);
      Set<Integer> taken = new HashSet<>(passedOver);
      held.values().forEach(taken::addAll);
      ports.stream().map(PortSpec::hostPort).forEach(taken::add);
      load.get().contents().tenants().stream()
          .flatMap(tenant -> tenant.needs().ports().stream())
          .filter(PortClaim::isSingle)
          .forEach(claim -> taken.add(claim.first()));
      List<Integer> chosen = new ArrayList<>();
      int found = 0;
      for (PortSpec port : ports) {
        int number = port.hostPort() > 0 ? port.hostPort() : free(port, taken);
        if (number == 0) {
          throw new Refused(
              load.get().node(),
              "Insufficient number of ports allocated: %d are needed, %d are free in %d-%d"
                  .formatted(
                      ports.stream().filter(one -> one.hostPort() == 0).count(),
                      found,
                      range.first(),
                      range.last()),
              "");
        }
        found += port.hostPort() > 0 ? 0 : 1;
        taken.add(number);
        chosen.add(number);
      }
      held.put(holder, List.copyOf(chosen));
      return List.copyOf(chosen);
    } finally {
      lock.unlock();
    }
  }

  /** These are that holder's: it has had them all the time. */
  void keep(String holder, List<Integer> ports) {
    lock.lock();
    try {
      held.put(holder, List.copyOf(ports));
    } finally {
      lock.unlock();
    }
  }

  /** That holder needs none any more. */
  void release(String holder) {
    lock.lock();
    try {
      held.remove(holder);
    } finally {
      lock.unlock();
    }
  }

  /** 0 when there is none. */
  private int free(PortSpec port, Set<Integer> taken) {
    int size = range.last() - range.first() + 1;
    int start = random.nextInt(size);
    for (int i = 0; i < size; i++) {
      int candidate = range.first() + (start + i) % size;
      if (!taken.contains(candidate) && check.isFree(port.hostIp(), candidate, port.protocol())) {
        return candidate;
      }
    }
    return 0;
  }
}
