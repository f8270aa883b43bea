package io.dockherd.doors.docker.containers;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All containers of the herd as lists show them: with their node in names, labels and ports. Made
 * anew only for what has changed, so that a list of thousands costs their copying.
 */
public final class Sights {
  private static final String HOST_DOWN = "Host Down";

  private final Fleet fleet;
  private final HerdEngines engines;
  private final NameForm form;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private volatile Merged merged = new Merged(List.of(), List.of());

  /** One node's, as made from {@code known}. */
  private record Page(
      List<KnownContainer> known, String address, boolean isDown, List<Sight> sights) {}

  /** All nodes' together, as made of {@code parts}. */
  private record Merged(List<List<Sight>> parts, List<Sight> all) {
    private boolean isOf(List<List<Sight>> now) {
      for (int i = 0; i < now.size(); i++) {
        // The very same ones: each is kept as long as nothing has changed.
        if (parts.size() != now.size() || parts.get(i) != now.get(i)) {
          return false;
        }
      }
      return parts.size() == now.size();
    }
  }

  /** The fleet's containers, named in that form. */
  public Sights(Fleet fleet, HerdEngines engines, NameForm form) {
    this.fleet = fleet;
    this.engines = engines;
    this.form = form;
  }

  /** All of them, newest first. */
  List<Sight> all() {
    List<HerdEngines.Known> nodes = engines.all();
    List<List<Sight>> parts = nodes.stream().map(this::of).toList();
    Merged last = merged;
    if (last.isOf(parts)) {
      return last.all;
    }
    List<Sight> all = new ArrayList<>();
    parts.forEach(all::addAll);
    all.sort((a, b) -> Long.compare(b.known().createdNanos(), a.known().createdNanos()));
    pages.keySet().removeIf(node -> nodes.stream().noneMatch(known -> known.node().equals(node)));
    merged = new Merged(parts, List.copyOf(all));
    return merged.all;
  }

  private List<Sight> of(HerdEngines.Known node) {
    List<KnownContainer> known = known(node.node());
    Page before = pages.get(node.node());
    boolean isDown = !node.engine().isReachable();
    String address = node.member().address();
    if (before != null
        && before.known == known
        && before.isDown == isDown
        && before.address.equals(address)) {
      return before.sights;
    }
    Map<KnownContainer, Sight> old = new IdentityHashMap<>();
    if (before != null && before.isDown == isDown && before.address.equals(address)) {
      before.sights.forEach(sight -> old.put(sight.known(), sight));
    }
    List<Sight> sights = new ArrayList<>();
    for (KnownContainer container : known) {
      Sight made = old.get(container);
      sights.add(made == null ? sight(container, node, isDown) : made);
    }
    Page page = new Page(known, address, isDown, List.copyOf(sights));
    pages.put(node.node(), page);
    return page.sights;
  }

  private List<KnownContainer> known(String node) {
    try {
      return fleet.known(node);
    } catch (io.dockherd.failure.NotFound justLeft) {
      return List.of();
    }
  }

  private Sight sight(KnownContainer container, HerdEngines.Known node, boolean isDown) {
    JsonObject entry = container.summary(Instant.EPOCH);
    entry.put("Names", new JsonArray(form.of(node.node(), container.names())));
    entry.put("Labels", Whereabouts.labelled(entry.getValue("Labels"), node.node()));
    if (entry.getValue("Ports") instanceof JsonArray ports) {
      entry.put("Ports", new PublishedPorts(node.member().address()).listed(ports));
    }
    KnownContainer shown = container.shownAs(entry);
    return new Sight(node.node(), container, isDown ? shown.saying(HOST_DOWN) : shown, isDown);
  }
}
