package io.dockherd.doors.docker.images;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.PruneEverywhere;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.hijacks.SessionPlaces;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.images.Tee;
import java.util.ArrayList;
import java.util.List;

/** All there is about images at the Docker door. */
public final class Images {
  private Images() {}

  /**
   * Their routes.
   *
   * @param sessions where builders' sessions go: to the node of their build
   */
  public static List<Route> routes(Fleet fleet, HerdEngines engines, SessionPlaces sessions) {
    Nodes nodes = new Nodes(fleet, engines);
    ImageIndex index = new ImageIndex(engines.facts());
    ImageLookup lookup = new ImageLookup(nodes, index);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new ListImages(nodes, index).routes());
    routes.addAll(new ReadImage(lookup).routes());
    routes.addAll(new RemoveImage(lookup).routes());
    routes.addAll(new TagImage(lookup).routes());
    routes.addAll(new PushImage(lookup).routes());
    PruneEverywhere images = new PruneEverywhere(fleet, "ImagesDeleted");
    PruneEverywhere caches = new PruneEverywhere(fleet, "CachesDeleted");
    routes.add(
        Route.change(
            "POST",
            "/images/prune",
            "image.prune",
            call -> images.answer(call, "images", "prune")));
    routes.add(
        Route.change(
            "POST", "/build/prune", "build.prune", call -> caches.answer(call, "build", "prune")));
    routes.addAll(new CreateImage(new PullImage(nodes, index), new ImportImage(nodes)).routes());
    routes.addAll(new LoadImages(nodes, Tee.Pace.USUAL).routes());
    routes.addAll(new Build(nodes, index, sessions, new SessionPlaces()).routes());
    return List.copyOf(routes);
  }
}
