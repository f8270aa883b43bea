package io.dockherd.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which node the commands about apps ask. */
final class AppsOption {
  @Option(
      names = "--door",
      paramLabel = "URL",
      converter = DoorAddress.class,
      defaultValue = "${env:DOCKHERD_DOOR:-http://127.0.0.1:8080/}",
      description = "the actions door of any node; default ${DEFAULT-VALUE}")
  private URI door;

  AppsClient client() {
    return new AppsClient(door);
  }
}
