package io.dockherd.apps.compose;

import io.dockherd.apps.model.FileSpec;
import io.dockherd.compose.model.Content;
import io.dockherd.compose.model.Grant;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configs and secrets, as files put into containers. */
final class GrantedFiles {
  /** As Swarm has it for both; they travel with the app, to every node. */
  private static final int MOST_BYTES = 500 << 10;

  private final Project project;
  private final Contents contents;
  private final Findings findings;
  private final Map<Content, Buffer> read = new HashMap<>();

  GrantedFiles(Project project, Contents contents, Findings findings) {
    this.project = project;
    this.contents = contents;
    this.findings = findings;
  }

  List<FileSpec> of(Service service) {
    List<FileSpec> files = new ArrayList<>();
    service
        .storage()
        .configs()
        .forEach(grant -> file(service, grant, "config", project.configs()).ifPresent(files::add));
    service
        .storage()
        .secrets()
        .forEach(grant -> file(service, grant, "secret", project.secrets()).ifPresent(files::add));
    return files;
  }

  private Optional<FileSpec> file(
      Service service, Grant grant, String kind, Map<String, Content> all) {
    Content content = all.get(grant.source());
    if (content instanceof Content.External external) {
      findings.refuse(
          kind
              + " "
              + external.name()
              + " is external, and the herd keeps no "
              + kind
              + "s of its own yet",
          "give it a file or a variable of the environment");
      return Optional.empty();
    }
    Buffer bytes = read.computeIfAbsent(content, contents::of);
    if (bytes.length() > MOST_BYTES) {
      findings.refuse(
          kind + " " + grant.source() + " has " + bytes.length() + " bytes",
          "at most " + MOST_BYTES + " can be given; mount a volume instead");
      return Optional.empty();
    }
    return Optional.of(
        new FileSpec(
            grant.target(),
            bytes,
            grant.mode().orElse("0444"),
            id(service, grant, "uid", grant.uid()),
            id(service, grant, "gid", grant.gid()),
            kind.equals("secret")));
  }

  private int id(Service service, Grant grant, String key, Optional<String> said) {
    String text = said.orElse("0");
    if (!text.matches("[0-9]{1,9}")) {
      findings.refuse(
          "service " + service.name() + " gives " + grant.source() + " the " + key + " " + text,
          "write it as a number");
      return 0;
    }
    return Integer.parseInt(text);
  }
}
