package io.dockherd.lab;

import io.dockherd.failure.NotFound;
import java.nio.file.Path;

/**
 * What one host of a lab is called and where its things are.
 *
 * @param number counted from 1
 */
public record HostPlan(LabPlan lab, int number) {
  public HostPlan {
    if (number < 1 || number > lab.hostCount()) {
      throw new NotFound(
          "host-" + number,
          "the lab has no host-" + number,
          "it has host-1 to host-" + lab.hostCount());
    }
  }

  /** Its host name, and its node's name. */
  public String name() {
    return "host-" + number;
  }

  /** Its IP address. */
  public String address() {
    return "10.213." + lab.index() + "." + number;
  }

  /** Its network namespace, and the machine's end of the cable into it. */
  public String namespace() {
    return lab.bridge() + "-" + number;
  }

  /** All its files. */
  public Path folder() {
    return lab.home().resolve(name());
  }

  /** Where its engine listens. */
  public Path engineSocket() {
    return folder().resolve("engine.sock");
  }

  /** The name under which its own small file system is mounted; tells whose a process is. */
  String mark() {
    return lab.controlGroup() + "-" + name();
  }

  /** The control group its containers are in. */
  public String controlGroup() {
    return lab.controlGroup() + "/" + name();
  }
}
