package io.dockherd.fleet;

import io.dockherd.fleet.networks.NetworkBook;
import io.dockherd.fleet.requests.ContentsReader;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.Contents;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is on each node as the scheduler wants it, read anew only where a fact has changed since.
 */
final class ContentsIndex implements Members.MembersListener {
  private final Facts facts;
  private final NetworkBook book;
  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();

  /** Names read from some facts. */
  private record Names(List<Fact> facts, Set<String> names) {
    private static final Names NONE = new Names(List.of(), Set.of());
  }

  private record Shelf(
      ContainerIndex.Page page,
      Names images,
      Names volumes,
      Names networks,
      Set<String> herd,
      Contents contents) {
    private static final Shelf EMPTY =
        new Shelf(null, Names.NONE, Names.NONE, Names.NONE, Set.of(), Contents.NONE);
  }

  /**
   * @param book tells of the networks that any node can have
   */
  ContentsIndex(Facts facts, NetworkBook book) {
    this.facts = facts;
    this.book = book;
  }

  /** A node's, with its containers as that page has them. */
  Contents of(String node, ContainerIndex.Page page) {
    Shelf before = shelves.getOrDefault(node, Shelf.EMPTY);
    Names images = names(FactKind.IMAGE, node, before.images, ContentsReader::images);
    Names volumes = names(FactKind.VOLUME, node, before.volumes, ContentsReader::volumes);
    Names networks = names(FactKind.NETWORK, node, before.networks, ContentsReader::networks);
    Set<String> herd = book.namesOfTheHerd();
    if (before.page == page
        && before.images == images
        && before.volumes == volumes
        && before.networks == networks
        && before.herd == herd) {
      return before.contents;
    }
    Contents now =
        Contents.of(page.tenants(), images.names, volumes.names, both(networks.names, herd));
    shelves.put(node, new Shelf(page, images, volumes, networks, herd, now));
    return now;
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    shelves.remove(member.name());
  }

  private static Set<String> both(Set<String> own, Set<String> herd) {
    Set<String> both = new HashSet<>(own);
    both.addAll(herd);
    return both;
  }

  private Names names(
      String kind, String node, Names before, Function<List<JsonObject>, Set<String>> reader) {
    List<Fact> now = facts.of(kind, node);
    if (Fact.areSame(before.facts, now)) {
      return before;
    }
    return new Names(now, reader.apply(now.stream().map(Fact::json).toList()));
  }
}
