package io.dockherd.node.manage;

import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What classic Swarm could be told and Dockherd does without. */
final class Compatibility {
  private static final Pattern ADVERTISED = Pattern.compile("[^:/\\s]+:([0-9]{1,5})");
  private static final Pattern STORE = Pattern.compile("(consul|etcd|zk)://.*");

  private Compatibility() {}

  /**
   * Refuses what can't work.
   *
   * @throws Invalid when there were to be several managers and a leader among them; with what
   *     classic Swarm would have found wrong, if anything
   */
  static void refuse(ManageOptions.Replication said, String discovery) {
    if (!said.isOn()) {
      return;
    }
    throw new Invalid(
        "--replication",
        complaint(said, discovery),
        "leave out --replication: no leader is elected here. Any number of managers may run side by"
            + " side, and all answer; where nodes are beside the engines ('dockherd node') every"
            + " node is equal");
  }

  private static String complaint(ManageOptions.Replication said, String discovery) {
    if (!STORE.matcher(discovery).matches()) {
      return "Leader election is only supported with consul, etcd and zookeeper discovery.";
    }
    if (said.advertise().isEmpty()) {
      return "--advertise address must be provided when using --leader-election";
    }
    var advertised = ADVERTISED.matcher(said.advertise());
    if (!advertised.matches() || !isPort(advertised.group(1))) {
      return "--advertise should be of the form ip:port or hostname:port";
    }
    String positive = "--replication-ttl should be a positive number";
    if (!GoDuration.parse(said.ttl(), positive).isPositive()) {
      return positive;
    }
    return "--replication is not supported: every Dockherd node is equal and there is no leader";
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= 65535;
  }

  /** What was said and changes nothing, each a sentence. */
  static List<String> notes(ManageOptions said) {
    List<String> notes = new ArrayList<>();
    if (said.without().cors()) {
      notes.add(
          "--cors changes nothing: with it any page a browser shows could command the engines");
    }
    if (said.without().refreshOnNodeFilter() || !said.without().nameRefreshFilter().isEmpty()) {
      notes.add(
          "--refresh-on-node-filter and --container-name-refresh-filter change nothing: lists are"
              + " always as new as the engines' events");
    }
    if (said.refresh().failureRetry() != ManageDefaults.RETRIES) {
      notes.add(
          "--engine-failure-retry changes nothing: an engine is lost when its event stream breaks"
              + " and can't be opened again");
    }
    if (!said.refresh().max().equals(ManageDefaults.REFRESH_MAX)) {
      notes.add(
          "--engine-refresh-max-interval changes nothing: engines are listed anew every"
              + " --engine-refresh-min-interval, and at every event");
    }
    if (!said.replication().advertise().isEmpty()) {
      notes.add("--advertise changes nothing: no manager needs to know another");
    }
    return notes;
  }
}
