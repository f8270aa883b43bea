package io.dockherd.doors.docker.networks;

import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How networks are shown: by the plain name while it is the only one of that name, else as {@code
 * node/name}. The labels that make a network one of the herd are left out: docker-compose takes
 * every label it has not put on for a change.
 */
final class ShownNetworks {
  private final NameForm form;
  private final Map<String, Long> namesakes;

  /**
   * @param all networks of the herd
   */
  ShownNetworks(NameForm form, List<KnownNetwork> all) {
    this.form = form;
    this.namesakes =
        all.stream().collect(Collectors.groupingBy(KnownNetwork::name, Collectors.counting()));
  }

  /** One entry for each that is shown by itself: classic Swarm showed every engine's bridge. */
  List<KnownNetwork> apart(List<KnownNetwork> networks) {
    if (form == NameForm.PLAIN) {
      return networks;
    }
    List<KnownNetwork> apart = new ArrayList<>();
    for (KnownNetwork network : networks) {
      if (network.reach() == Reach.BUILT_IN) {
        network
            .copies()
            .forEach(
                copy ->
                    apart.add(
                        new KnownNetwork(
                            copy.id(), network.name(), Reach.BUILT_IN, List.of(copy))));
      } else {
        apart.add(network);
      }
    }
    return apart;
  }

  String name(KnownNetwork network) {
    boolean isOnly = namesakes.getOrDefault(network.name(), 0L) <= 1;
    boolean isOfOne = network.reach() == Reach.NODE || network.reach() == Reach.BUILT_IN;
    boolean isPrefixed = form == NameForm.SWARM && isOfOne;
    return isOnly && !isPrefixed ? network.name() : network.first().node() + "/" + network.name();
  }

  /** Its entry in the list. */
  JsonObject shown(KnownNetwork network) {
    return shown(network, network.first().entry());
  }

  /** The same with a fresher description of a copy of it. */
  JsonObject shown(KnownNetwork network, JsonObject entry) {
    return entry
        .copy()
        .put("Name", name(network))
        .put("Id", network.id())
        .put("Labels", HerdNetwork.bare(entry));
  }
}
