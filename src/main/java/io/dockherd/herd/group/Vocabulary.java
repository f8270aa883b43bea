package io.dockherd.herd.group;

/**
 * The library's classes and protocols that go by a number on the wire, cut down to those we use.
 *
 * <p>By itself it takes all of them from two files of its own and loads every one: a sixth of the
 * time a group takes to start. Besides, what has no number no peer can make another create.
 */
final class Vocabulary {
  private static final String FOLDER = "io/dockherd/herd/group/";

  private Vocabulary() {}

  /** To be called before the library is touched; it looks once for the whole process. */
  static void confine() {
    System.setProperty("jgroups.conf.magic_number_file", FOLDER + "wire-classes.xml");
    System.setProperty("jgroups.conf.protocol_id_file", FOLDER + "protocols.xml");
  }
}
