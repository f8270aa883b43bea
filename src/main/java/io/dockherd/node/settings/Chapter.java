package io.dockherd.node.settings;

import java.util.List;

/** Settings that belong together, under a title. */
public record Chapter(String title, List<Setting<?>> settings) {
  public Chapter {
    settings = List.copyOf(settings);
  }
}
