package io.dockherd.fleet.requests;

import io.dockherd.scheduling.Rule;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request names that is on one node: other containers, volumes, networks. */
final class Neighbourhood {
  private static final Pattern NAMED_BIND =
      Pattern.compile("([a-zA-Z0-9][a-zA-Z0-9_.-]+):(.*)", Pattern.DOTALL);
  private static final Set<String> EVERYWHERE =
      Set.of("", "default", "bridge", "host", "none", "nat", "private", "shareable");
  private static final String CONTAINER = "container:";

  private Neighbourhood() {}

  /** The rules that follow. */
  static List<Rule> rules(JsonObject document) {
    JsonObject host = Fields.object(document, "HostConfig");
    List<Rule> rules = new ArrayList<>();
    for (String from : Fields.texts(Fields.array(host, "VolumesFrom"))) {
      rules.add(beside("--volumes-from=" + from, from));
    }
    for (String link : Fields.texts(Fields.array(host, "Links"))) {
      rules.add(beside("--link=" + link, link));
    }
    shared(rules, "--net=", Fields.text(host, "NetworkMode"));
    shared(rules, "--ipc=", Fields.text(host, "IpcMode"));
    shared(rules, "--pid=", Fields.text(host, "PidMode"));
    volumes(host).forEach(volume -> rules.add(new Rule.Volume(volume)));
    networks(document, host).forEach(network -> rules.add(new Rule.Network(network)));
    return rules;
  }

  private static Rule beside(String written, String reference) {
    String name = reference.replaceFirst("^/", "").replaceFirst(":.*", "");
    return new Rule.Beside(written, name);
  }

  private static void shared(List<Rule> rules, String option, String mode) {
    if (mode.startsWith(CONTAINER)) {
      rules.add(beside(option + mode, mode.substring(CONTAINER.length())));
    }
  }

  /** The names of the volumes it mounts. */
  static Set<String> volumes(JsonObject host) {
    Set<String> volumes = new LinkedHashSet<>();
    for (String bind : Fields.texts(Fields.array(host, "Binds"))) {
      Matcher named = NAMED_BIND.matcher(bind);
      if (named.matches()) {
        volumes.add(named.group(1));
      }
    }
    for (Object mount : Fields.array(host, "Mounts")) {
      if (mount instanceof JsonObject volume && Fields.text(volume, "Type").equals("volume")) {
        volumes.add(Fields.text(volume, "Source"));
      }
    }
    volumes.remove("");
    return volumes;
  }

  private static Set<String> networks(JsonObject document, JsonObject host) {
    Set<String> networks = new LinkedHashSet<>();
    networks.add(Fields.text(host, "NetworkMode"));
    networks.addAll(
        Fields.object(Fields.object(document, "NetworkingConfig"), "EndpointsConfig").fieldNames());
    networks.removeAll(EVERYWHERE);
    networks.removeIf(network -> network.startsWith(CONTAINER) || network.startsWith("ns:"));
    return networks;
  }
}
