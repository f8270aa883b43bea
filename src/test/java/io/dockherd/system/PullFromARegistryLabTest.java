package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Tool;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabRegistry;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Images a host lacks come from a registry, through whichever node they are asked for. */
@OnLab
class PullFromARegistryLabTest {
  private static JsonObject create(String image) {
    return new JsonObject()
        .put("action", "create-container")
        .put("node", "host-2")
        .put("body", new JsonObject().put("Image", image).put("Cmd", "true"));
  }

  @Test
  void aMissingImageIsPulledUnlessItMustNotBe(LabHerd herd) {
    Tool.require("docker-registry");
    try (LabRegistry registry = LabRegistry.on(herd.host(2))) {
      registry.hold("web:1");
      String image = registry.image("web:1");

      JsonObject refused = herd.post(1, create(image).put("pull", false));
      assertEquals(404, refused.getInteger("statusCode"), refused.encode());
      assertFalse(herd.host(2).nodeLog().contains("image pulled image=" + image));

      JsonObject created = herd.post(1, create(image));
      assertEquals(201, created.getInteger("statusCode"), created.encode());
      assertEquals("host-2", created.getString("dockerInstance"));
      assertTrue(herd.host(2).nodeLog().contains("image pulled image=" + image));
      assertEquals(204, new Ask(herd).act(3, "start", Ask.id(created)).getInteger("statusCode"));

      JsonObject missing = herd.post(1, create(registry.image("none:1")));
      assertTrue(missing.getInteger("statusCode") >= 400, missing.encode());
      assertTrue(missing.encode().contains("none"), missing.encode());
    }
  }

  @Test
  void aClosedRegistryWantsTheCallersCredentials(LabHerd herd) {
    Tool.require("docker-registry");
    try (LabRegistry registry = LabRegistry.on(herd.host(2))) {
      registry.hold("web:2");
      String image = registry.closedImage("web:2");
      JsonObject alice = new JsonObject().put("X-Registry-Auth", LabRegistry.ALICE);

      JsonObject stranger = herd.post(1, create(image));
      assertTrue(stranger.getInteger("statusCode") >= 400, stranger.encode());
      assertTrue(stranger.encode().contains("auth"), stranger.encode());
      JsonObject created = herd.post(1, create(image).put("headers", alice));
      assertEquals(201, created.getInteger("statusCode"), created.encode());
    }
  }

  @Test
  void aPullSaysHowItEnded(LabHerd herd) {
    Tool.require("docker-registry");
    try (LabRegistry registry = LabRegistry.on(herd.host(2))) {
      registry.hold("web:3");
      JsonObject pull =
          new JsonObject()
              .put("action", "pull-image")
              .put("node", "host-2")
              .put("image", registry.image("web:3"));
      JsonObject pulled = herd.post(3, pull);
      assertEquals(200, pulled.getInteger("statusCode"), pulled.encode());
      String status = pulled.getJsonObject("Response").getJsonObject("Body").getString("status");
      assertTrue(status.contains("web:3"), status);
      assertTrue(herd.host(3).nodeLog().contains("pull ended image=" + registry.image("web:3")));

      JsonObject missing = herd.post(3, pull.put("image", registry.image("none:1")));
      assertNotEquals(200, missing.getInteger("statusCode"), missing.encode());
      assertTrue(missing.encode().contains("none"), missing.encode());
    }
  }
}
