package io.dockherd.fleet;

import io.dockherd.fleet.events.EngineJournal;
import io.dockherd.fleet.networks.NetworkMaker;
import io.dockherd.fleet.watch.EngineWatch;
import io.dockherd.herd.members.Member;

/**
 * An engine that this process speaks to itself, and what goes with that: it is watched, its events
 * are written down, and the last word on what is made there is given here.
 *
 * @param member whose engine it is
 */
record OwnEngine(
    Member member,
    EngineWatch watch,
    LocalHost host,
    NetworkMaker networks,
    PeerImages peers,
    Pulls pulls,
    Workbench bench,
    Maker maker,
    EngineJournal journal)
    implements AutoCloseable {
  void start() {
    watch.start();
  }

  @Override
  public void close() {
    watch.close();
  }
}
