package io.dockherd.doors.manifests.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the golden files do not say of manifests. */
class ManifestFormatTest {
  private static final ManifestName NAME = new ManifestName("dummy", "nginx");

  private static Manifest read(String text) {
    return ManifestFormat.read(NAME, text);
  }

  @Test
  void blanksCapitalsAndTheOrderOfFieldsMakeNoOtherApp() {
    AppConfig plain = read("{\"image\":\"nginx\",\"services\":{\"nginx\":80}}").config();
    String same = "{ \"Services\" : {\"nginx\": 80},\n \"IMAGE\": \"nginx\", \"scale\": 5}";
    assertEquals(plain, read(same).config());
    assertEquals(plain.hash(), read(same).config().hash());
    assertEquals(plain, AppConfig.of(plain.json()), "it is what the records keep");
  }

  @Test
  void anAppIsWrittenAsTheManifestItWas() {
    String text = "{\"image\":\"nginx\",\"scale\":2,\"env\":{\"A\":\"b\"}}";
    Manifest manifest = read(text);
    App app = app(7);
    String written = ManifestFormat.write(app, manifest.config()).orElseThrow();
    assertEquals(new JsonObject(text).put("scale", 7), new JsonObject(written));
    assertEquals(manifest.config(), read(written).config());
    assertEquals(7, read(written).scale());
    AppConfig other =
        AppConfig.service(
            io.dockherd.apps.model.PodSpec.of(manifest.config().pod().source().known()));
    assertEquals(Optional.empty(), ManifestFormat.write(app, other));
  }

  private static App app(int instances) {
    AppVersion version =
        new AppVersion(Instant.EPOCH, new RevisionId(1, "00000000"), instances, "me");
    return new JsonApp(version).app();
  }

  /** An app as its record has it, whatever else that comes to hold. */
  private record JsonApp(AppVersion version) {
    App app() {
      JsonObject json =
          new JsonObject()
              .put("path", "/dummy/nginx")
              .put(
                  "versions",
                  new io.vertx.core.json.JsonArray()
                      .add(
                          new JsonObject()
                              .put("stamp", version.text())
                              .put("revision", version.revision().toString())
                              .put("instances", version.instances())));
      return App.of(json);
    }
  }

  @Test
  void theEnvironmentOfTheManifestIsKept() {
    PodSource source = read("{\"image\":\"x\",\"env\":{\"A\":\"b\"}}").config().pod().source();
    List<?> env = source.known().getFirst().document().getJsonArray("Env").getList();
    assertTrue(env.contains("A=b"), env.toString());
    assertTrue(env.contains("DOKKAA_APP_NAME=dummy"), env.toString());
  }

  @Test
  void aTextThatIsTooLongIsNotRead() {
    String text = "{\"image\":\"" + "x".repeat(ManifestFormat.LONGEST) + "\"}";
    assertThrows(Invalid.class, () -> read(text));
  }

  @Test
  void whatIsNestedWithoutEndIsRefused() {
    assertThrows(Invalid.class, () -> read("{\"image\":" + "[".repeat(60_000)));
  }

  @Test
  void whateverComesIsReadOrRefused() {
    Random random = new Random(11);
    String alphabet = "{}[]\",:0123456789.-eE truefalsnimagcopvk\\u\0\n";
    String sound =
        "{\"image\":\"a\",\"scale\":2,\"services\":{\"a\":{\"port\":80}},\"env\":{\"A\":\"b\"},"
            + "\"ports\":[\"80:80\"],\"volumes\":[\"a:/b\"],\"health\":{\"tcp\":true}}";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(sound);
      for (int changes = random.nextInt(1, 5); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Manifest manifest = read(text.toString());
        assertEquals(manifest.config(), AppConfig.of(manifest.config().json()));
      } catch (Failure e) {
        assertTrue(e instanceof Invalid, text.toString());
      }
    }
  }

  @Test
  void onlyPathsOfTwoSegmentsCanBeManifests() {
    assertEquals(Optional.of(NAME), ManifestName.of(new AppPath("/dummy/nginx")));
    assertEquals(Optional.empty(), ManifestName.of(new AppPath("/dummy")));
    assertEquals(Optional.empty(), ManifestName.of(new AppPath("/a/b/c")));
    assertEquals(Optional.empty(), ManifestName.of(new AppPath("/web/b")));
  }
}
