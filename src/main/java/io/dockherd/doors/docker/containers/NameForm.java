package io.dockherd.doors.docker.containers;

import java.util.ArrayList;
import java.util.List;

/** How lists name containers; every form is understood everywhere. */
public enum NameForm {
  /** {@code /web} first, {@code /node-1/web} as an alias. */
  PLAIN,

  /** {@code /node-1/web} only, as classic Swarm did. */
  SWARM;

  /** All names of a container, each with its slash in front. */
  List<String> of(String node, List<String> names) {
    List<String> all = new ArrayList<>();
    if (this == PLAIN) {
      names.forEach(name -> all.add("/" + name));
    }
    names.forEach(name -> all.add("/" + node + "/" + name));
    return all;
  }
}
