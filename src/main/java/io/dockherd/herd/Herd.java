package io.dockherd.herd;

import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Records;

/** The herd as one of its members sees it. */
public interface Herd extends AutoCloseable {
  /** Its name: the base of the bus addresses and the group's name. */
  String name();

  /** Who is present. */
  Members members();

  /** What each member knows first-hand. */
  Facts facts();

  /** What people and apps want. */
  Records records();

  /** Leaves orderly. */
  @Override
  void close();
}
