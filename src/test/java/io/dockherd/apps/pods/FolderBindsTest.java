package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBindsTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void begin() throws IOException {
    folder = Files.createDirectory(temporary.resolve("task")).toRealPath();
    Files.createDirectory(folder.resolve("data"));
    Files.createSymbolicLink(folder.resolve("latest"), Path.of("data"));
    Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("chain"), Path.of("up/.."));
    Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("/etc/dockherd-none"));
  }

  private String bound(String source) {
    JsonObject document =
        new JsonObject()
            .put(
                "HostConfig",
                new JsonObject()
                    .put("Binds", new JsonArray().add(source + ":/data:rw"))
                    .put(
                        "Mounts",
                        new JsonArray()
                            .add(new JsonObject().put("Type", "bind").put("Source", source))
                            .add(new JsonObject().put("Type", "volume").put("Source", "v"))));
    new FolderBinds(folder).resolve(document);
    JsonObject host = document.getJsonObject("HostConfig");
    String bind = host.getJsonArray("Binds").getString(0);
    String mount = host.getJsonArray("Mounts").getJsonObject(0).getString("Source");
    assertEquals(mount + ":/data:rw", bind);
    assertEquals("v", host.getJsonArray("Mounts").getJsonObject(1).getString("Source"));
    return mount;
  }

  @Test
  void whatIsInTheFolderIsMountedWhereItLeadsTo() {
    assertEquals(folder.toString(), bound(folder.toString()));
    assertEquals(folder.resolve("data").toString(), bound(folder + "/data"));
    assertEquals(folder.resolve("data").toString(), bound(folder + "/latest"));
    assertEquals(
        folder.resolve("data/made/there").toString(), bound(folder + "/latest/made/there"));
  }

  @Test
  void whatIsTheHostsIsLeftAsItIs() {
    assertEquals("/var/run/x.sock", bound("/var/run/x.sock"));
    assertEquals("/no/such/place", bound("/no/such/place"));
  }

  @Test
  void whatLeadsOutIsRefused() {
    for (String source : new String[] {"/up", "/up/other", "/chain", "/chain/etc", "/nowhere"}) {
      Refused refused = assertThrows(Refused.class, () -> bound(folder + source), source);
      assertTrue(refused.getMessage().contains(folder + source), refused::getMessage);
    }
  }
}
