package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is run in a container besides its process: {@code pre_start}, {@code post_start}, {@code
 * pre_stop}.
 */
public record Hooks(List<Hook> preStart, List<Hook> postStart, List<Hook> preStop) {
  public Hooks {
    preStart = List.copyOf(preStart);
    postStart = List.copyOf(postStart);
    preStop = List.copyOf(preStop);
  }

  /** One of them: {@code {command: [x], user: root, privileged: true, working_dir: /}}. */
  public record Hook(
      List<String> command,
      Optional<String> user,
      boolean isPrivileged,
      Optional<String> workingDirectory,
      Map<String, String> environment) {
    public Hook {
      command = List.copyOf(command);
      environment = Copies.of(environment);
    }
  }
}
