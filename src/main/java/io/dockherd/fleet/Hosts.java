package io.dockherd.fleet;

import io.dockherd.failure.NotFound;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A host for each present node. A node's connections are kept as long as it is present; a node that
 * comes again is another, for its ports may have changed.
 */
final class Hosts implements Members.MembersListener, AutoCloseable {
  private final Members members;
  private final OwnEngines own;
  private final Neighbours neighbours;
  private final ContainerIndex index;
  private final Map<PeerId, RelayHost> others = new ConcurrentHashMap<>();

  Hosts(Members members, OwnEngines own, Neighbours neighbours, ContainerIndex index) {
    this.members = members;
    this.own = own;
    this.neighbours = neighbours;
    this.index = index;
  }

  /** All present nodes', by name. */
  List<Host> all() {
    return members.nodes().stream().map(this::of).toList();
  }

  Optional<Host> find(String node) {
    return members.named(node).filter(Member::isNode).map(this::of);
  }

  /** The one of that name. */
  Host named(String node) {
    return find(node).orElseThrow(() -> missing(node));
  }

  /** The node of that name. */
  Member member(String node) {
    return members.named(node).filter(Member::isNode).orElseThrow(() -> missing(node));
  }

  private Host of(Member member) {
    Optional<OwnEngine> engine = own.of(member);
    return engine.isPresent()
        ? engine.get().host()
        : others.computeIfAbsent(
            member.peer(), peer -> new RelayHost(member.name(), neighbours.engineOf(member)));
  }

  private NotFound missing(String node) {
    String present = members.nodes().stream().map(Member::name).collect(Collectors.joining(", "));
    return new NotFound(
        node, "there is no node '" + node + "' in the herd just now", "present are " + present);
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    index.forget(member.name());
    RelayHost gone = others.remove(member.peer());
    if (gone != null) {
      gone.close();
    }
  }

  @Override
  public void close() {
    others.values().forEach(RelayHost::close);
    others.clear();
  }
}
