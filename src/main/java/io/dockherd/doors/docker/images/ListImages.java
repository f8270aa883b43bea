package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Filters;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.images.KnownImage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /images/json}: from facts. With {@code all}, the engines are asked: layers without a
 * name are in no fact. One that does not answer in time is shown as facts have it.
 */
record ListImages(Nodes nodes, ImageIndex index) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  List<Route> routes() {
    return List.of(Route.read("GET", "/images/json", "image.list", this::answer));
  }

  private Reply answer(DockerCall call) {
    Filters asked = Filters.parse(call.query().text("filters"));
    String legacy = call.query().text("filter");
    if (!legacy.isEmpty() && call.isOlderThan(1, 28)) {
      asked = with(asked, "reference", legacy);
    }
    boolean all = call.query().isOn("all");
    ImageFilter filter = new ImageFilter(asked, index::find);
    List<KnownImage> images = all ? asked() : index.all();
    return Replies.json(200, ListedImages.of(images, filter, call.isOlderThan(1, 43)));
  }

  private static Filters with(Filters filters, String field, String value) {
    Map<String, List<String>> more = new LinkedHashMap<>(filters.values());
    more.put(field, List.of(value));
    return new Filters(more);
  }

  private List<KnownImage> asked() {
    List<KnownImage> all = new ArrayList<>();
    EngineRequest request = EngineRequest.get(LIMIT, "images", "json").query("all", 1);
    for (EachHost.Word word : EachHost.ask(nodes.fleet().hosts(), request)) {
      String node = word.host().node();
      if (word.json() instanceof JsonArray list) {
        list.forEach(entry -> all.add(KnownImage.of(node, (JsonObject) entry)));
      } else {
        index.all().stream().filter(image -> image.node().equals(node)).forEach(all::add);
      }
    }
    return all;
  }
}
