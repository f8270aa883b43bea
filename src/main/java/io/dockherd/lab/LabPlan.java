package io.dockherd.lab;

import io.dockherd.failure.Invalid;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What a lab is to be. Everything it makes on the machine is named after its index, so that several
 * can stand side by side and each finds what an earlier one of its index left.
 *
 * @param index which lab of this machine: 0 is the demo's
 * @param hostCount how many hosts
 * @param home the folder for all its files
 */
public record LabPlan(int index, int hostCount, Path home) {
  private static final Path LABS = Path.of("/var/lib/dockherd-lab");
  private static final int MOST_HOSTS = 200;
  private static final int MOST_LABS = 100;

  public LabPlan {
    Objects.requireNonNull(home, "home");
    if (index < 0 || index >= MOST_LABS) {
      throw new Invalid("" + index, "a lab's index is a number from 0 to " + (MOST_LABS - 1), "");
    }
    if (hostCount < 1 || hostCount > MOST_HOSTS) {
      throw new Invalid("" + hostCount, "a lab has 1 to " + MOST_HOSTS + " hosts", "");
    }
  }

  /** A lab at its usual place. */
  public static LabPlan of(int index, int hostCount) {
    return new LabPlan(index, hostCount, LABS.resolve("" + index));
  }

  /** The bridge all its hosts hang on. */
  public String bridge() {
    return "dh" + index;
  }

  /** The machine's own address on that bridge. */
  public String bridgeAddress() {
    return "10.213." + index + ".254";
  }

  /** Where all control groups of its containers are. */
  public String controlGroup() {
    return "dockherd-lab-" + index;
  }

  /** The host of that number, counted from 1. */
  public HostPlan host(int number) {
    return new HostPlan(this, number);
  }

  /** Its hosts, in order. */
  public List<HostPlan> hosts() {
    return IntStream.rangeClosed(1, hostCount).mapToObj(this::host).toList();
  }

  /** The herd key all its nodes get unless they are told otherwise. */
  public Path keyFile() {
    return home.resolve("herd.key");
  }

  /** All its addresses, the machine's too: {@code 10.213.0.0/24}. */
  public String network() {
    return "10.213." + index + ".0/24";
  }

  /** Where discovery finds them all: {@code nodes://10.213.0.[1:3]:7411}. */
  public String discovery(int groupPort) {
    return "nodes://10.213." + index + ".[1:" + hostCount + "]:" + groupPort;
  }
}
