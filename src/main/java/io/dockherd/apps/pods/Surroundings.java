package io.dockherd.apps.pods;

import static io.dockherd.apps.pods.JsonPart.within;
import static io.dockherd.fleet.requests.Fields.text;

import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.OneAtATime;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** Has the networks and volumes a pod names, before its containers are made. */
final class Surroundings {
  private static final Set<String> BRIDGES = Set.of("", "default", "bridge");

  private final Fleet fleet;
  private final PodEngine engine;

  Surroundings(Fleet fleet, PodEngine engine) {
    this.fleet = fleet;
    this.engine = engine;
  }

  /**
   * All of them.
   *
   * @throws NotFound when one that has to be there is not
   */
  void have(List<NamedNetwork> networks, List<NamedVolume> volumes, Blueprint blueprint) {
    for (NamedNetwork network : networks) {
      String name = blueprint.name(network);
      if (!isThere(name)) {
        if (network.isExternal()) {
          throw new NotFound(
              name,
              "there is no network '" + name + "', and the app does not make it",
              "make it with 'docker network create'");
        }
        new OneAtATime(fleet).with("network/" + name, () -> make(network, name, blueprint));
      }
    }
    for (NamedVolume volume : volumes) {
      have(volume, blueprint);
    }
  }

  /** Those of the herd are brought here when a container that names them is made. */
  private boolean isThere(String name) {
    String self = fleet.local().node();
    return KnownNetwork.BUILT_IN.contains(name)
        || fleet.networks().named(name).stream()
            .anyMatch(
                network ->
                    network.reach() != KnownNetwork.Reach.NODE || network.on(self).isPresent());
  }

  /**
   * A bridge becomes a network of the herd, as at the Docker door; another, and one that is an
   * instance's own, stays on this node.
   */
  private Void make(NamedNetwork network, String name, Blueprint blueprint) {
    if (!isThere(name)) {
      JsonObject asked = network.document().copy();
      JsonObject labels = within(asked, "Labels").put(KnownContainer.HERD_LABEL, fleet.herd());
      if (network.isOfInstance()) {
        ofInstance(labels, blueprint);
      }
      engine.makeNetwork(
          BRIDGES.contains(text(asked, "Driver")) && !network.isOfInstance()
              ? HerdNetwork.first(name, asked)
              : asked.put("Name", name).put("CheckDuplicate", true));
    }
    return null;
  }

  private void have(NamedVolume volume, Blueprint blueprint) {
    String name = blueprint.name(volume);
    if (!volume.isExternal()) {
      JsonObject document = volume.document().copy().put("Name", name);
      JsonObject labels = within(document, "Labels").put(KnownContainer.HERD_LABEL, fleet.herd());
      if (volume.isOfInstance()) {
        ofInstance(labels, blueprint);
      }
      if (!engine.hasVolume(name)) {
        engine.makeVolume(document);
      }
    } else if (!engine.hasVolume(name)) {
      throw new NotFound(
          name,
          "there is no volume '"
              + name
              + "' at "
              + fleet.local().node()
              + ", and the app does not make it",
          "make it with 'docker volume create'");
    }
  }

  /** So that it is found when the instance goes. */
  private static void ofInstance(JsonObject labels, Blueprint blueprint) {
    labels.put(PodLabels.APP, blueprint.path().value());
    labels.put(PodLabels.INSTANCE, blueprint.instance().toString());
  }
}
