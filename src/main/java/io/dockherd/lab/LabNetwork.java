package io.dockherd.lab;

import java.time.Duration;

/**
 * The cables of a lab: a bridge on the machine and, for each host, a network namespace that hangs
 * on it. There is no way out: a host's packets for anywhere else are refused at once.
 */
final class LabNetwork {
  /** Our own chain in each host, because engines write rules into the standard ones. */
  private static final String CUTS = "DOCKHERD-LAB";

  private final LabPlan plan;

  LabNetwork(LabPlan plan) {
    this.plan = plan;
  }

  void lay() {
    String bridge = plan.bridge();
    Invocation.run("ip", "link", "add", bridge, "type", "bridge");
    Invocation.run("ip", "address", "add", plan.bridgeAddress() + "/24", "dev", bridge);
    Invocation.run("ip", "link", "set", bridge, "up");
    allowBridgedTraffic();
  }

  /** An engine on the machine itself sets the machine's firewall to drop what is forwarded. */
  private void allowBridgedTraffic() {
    Invocation.run(
        "iptables",
        "-w",
        "-I",
        "FORWARD",
        "-i",
        plan.bridge(),
        "-o",
        plan.bridge(),
        "-j",
        "ACCEPT");
  }

  void connect(HostPlan host) {
    String name = host.namespace();
    Invocation.run("ip", "netns", "add", name);
    Invocation.run("ip", "-n", name, "link", "set", "lo", "up");
    Invocation.run(
        "ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name);
    Invocation.run("ip", "link", "set", name, "master", plan.bridge(), "up");
    Invocation.run("ip", "-n", name, "address", "add", host.address() + "/24", "dev", "eth0");
    Invocation.run("ip", "-n", name, "link", "set", "eth0", "up");
    Invocation.run("ip", "-n", name, "route", "add", "multicast", "224.0.0.0/4", "dev", "eth0");
    iptables(host, "-N", CUTS);
    iptables(host, "-I", "PREROUTING", "-j", CUTS);
  }

  /** From now on nothing that {@code from} sends reaches {@code to}. */
  void cutOneWay(HostPlan from, HostPlan to) {
    healOneWay(from, to);
    iptables(to, "-A", CUTS, "-s", from.address(), "-j", "DROP");
  }

  void healOneWay(HostPlan from, HostPlan to) {
    attemptIptables(to, "-D", CUTS, "-s", from.address(), "-j", "DROP");
  }

  void healAll(HostPlan host) {
    iptables(host, "-F", CUTS);
    plugIn(host);
    Invocation.attempt("tc", "-n", host.namespace(), "qdisc", "del", "dev", "eth0", "root");
  }

  /** At the machine's end: the host keeps its address and hears nothing, as with a pulled cable. */
  void pullOut(HostPlan host) {
    Invocation.run("ip", "link", "set", host.namespace(), "down");
  }

  void plugIn(HostPlan host) {
    Invocation.run("ip", "link", "set", host.namespace(), "up");
  }

  void delay(HostPlan host, Duration delay) {
    shape(host, "netem", "delay", delay.toMillis() + "ms");
  }

  void narrow(HostPlan host, int kilobitsPerSecond) {
    shape(host, "tbf", "rate", kilobitsPerSecond + "kbit", "burst", "16kb", "latency", "2s");
  }

  void lose(HostPlan host, double share) {
    iptables(
        host,
        "-A",
        CUTS,
        "-m",
        "statistic",
        "--mode",
        "random",
        "--probability",
        "" + share,
        "-j",
        "DROP");
  }

  /** Takes away whatever a lab of this plan made, also one that ended in the middle of it. */
  void remove() {
    for (String name : namespaces()) {
      Invocation.attempt("ip", "link", "del", name);
      Invocation.attempt("ip", "netns", "del", name);
    }
    Invocation.attempt("ip", "link", "del", plan.bridge());
    while (Invocation.attempt(
            "iptables",
            "-w",
            "-D",
            "FORWARD",
            "-i",
            plan.bridge(),
            "-o",
            plan.bridge(),
            "-j",
            "ACCEPT")
        .succeeded()) {
      // Once for each lab that ended without taking its rule out.
    }
  }

  private Iterable<String> namespaces() {
    return Invocation.run("ip", "netns", "list")
            .lines()
            .map(line -> line.split(" ", 2)[0])
            .filter(name -> name.startsWith(plan.bridge() + "-"))
        ::iterator;
  }

  private static void shape(HostPlan host, String... discipline) {
    String[] command = new String[8 + discipline.length];
    String[] start = {"tc", "-n", host.namespace(), "qdisc", "replace", "dev", "eth0", "root"};
    System.arraycopy(start, 0, command, 0, start.length);
    System.arraycopy(discipline, 0, command, start.length, discipline.length);
    Invocation.run(command);
  }

  private static void iptables(HostPlan host, String... rule) {
    attemptIptables(host, rule).orFail();
  }

  private static Invocation attemptIptables(HostPlan host, String... rule) {
    String[] start = {
      "nsenter", "--net=/run/netns/" + host.namespace(), "iptables", "-w", "-t", "raw"
    };
    String[] command = new String[start.length + rule.length];
    System.arraycopy(start, 0, command, 0, start.length);
    System.arraycopy(rule, 0, command, start.length, rule.length);
    return Invocation.attempt(command);
  }
}
