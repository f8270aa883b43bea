package io.dockherd.doors.actions.templates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.actions.ActionsLab;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates from files: what counts as one, and what does not get in or out. */
class TemplateFilesTest {
  @TempDir private Path root;

  private Path directory() throws IOException {
    return Files.createDirectories(root.resolve("templates"));
  }

  private TemplateFiles files() throws IOException {
    return new TemplateFiles(directory());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory().resolve(name), text);
  }

  @Test
  void aFileIsATemplateCommentsAndAll() throws IOException {
    write("web.json", "/* the shop */ {\"Image\": \"web:1\"} // end");
    assertEquals(
        new JsonObject().put("Image", "web:1"), files().find(new TemplateName("web")).get());
  }

  @Test
  void aChangedFileIsReadAgainAndARemovedOneIsGone() throws IOException {
    TemplateFiles files = files();
    TemplateName web = new TemplateName("web");
    write("web.json", "{\"Image\":\"web:1\"}");
    assertEquals("web:1", files.find(web).get().getString("Image"));
    write("web.json", "{\"Image\":\"web:22\"}");
    assertEquals("web:22", files.find(web).get().getString("Image"));
    Files.delete(directory().resolve("web.json"));
    assertTrue(files.find(web).isEmpty());
  }

  @Test
  void aLinkThatLeavesTheDirectoryIsRefusedAndOneInsideIsNot() throws IOException {
    Files.writeString(root.resolve("secret.json"), "{\"Image\":\"secret\"}");
    write("web.json", "{\"Image\":\"web:1\"}");
    Files.createSymbolicLink(directory().resolve("out.json"), root.resolve("secret.json"));
    Files.createSymbolicLink(directory().resolve("in.json"), directory().resolve("web.json"));
    assertThrows(Refused.class, () -> files().find(new TemplateName("out")));
    assertEquals("web:1", files().find(new TemplateName("in")).get().getString("Image"));
  }

  @Test
  void theDirectoryItselfMayBeALink() throws IOException {
    write("web.json", "{\"Image\":\"web:1\"}");
    Path link = Files.createSymbolicLink(root.resolve("link"), directory());
    assertTrue(new TemplateFiles(link).find(new TemplateName("web")).isPresent());
  }

  @Test
  void whatIsNoRegularFileIsRefused() throws IOException {
    Files.createDirectory(directory().resolve("dir.json"));
    assertThrows(Refused.class, () -> files().find(new TemplateName("dir")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rubbish", "[1]", "{\"Image\":", "{} {}"})
  void whatIsNoObjectIsInvalid(String text) throws IOException {
    write("web.json", text);
    Invalid invalid = assertThrows(Invalid.class, () -> files().find(new TemplateName("web")));
    assertEquals("web", invalid.subject());
  }

  @Test
  void whatIsTooLargeIsNotRead() throws IOException {
    write("web.json", "{\"Image\":\"" + "a".repeat(2 << 20) + "\"}");
    assertThrows(Invalid.class, () -> files().find(new TemplateName("web")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "a/b", "a\\b", ".hidden", "-x", "a b", "a\0b", "é", "a\n"})
  void namesCannotClimbOut(String name) {
    assertThrows(Invalid.class, () -> new TemplateName(name));
  }

  @Test
  void aMissingDirectoryHoldsNothing() {
    TemplateFiles files = new TemplateFiles(root.resolve("nowhere"));
    assertTrue(files.find(new TemplateName("web")).isEmpty());
    assertEquals(List.of(), files.names());
  }

  @Test
  void aRecordWinsOverAFileAndAFileOverABuiltInOne() throws IOException {
    write("web.json", "{\"Image\":\"from-file\"}");
    write("test.json", "{\"Image\":\"from-file\"}");
    try (ActionsLab lab = new ActionsLab(directory())) {
      assertEquals("file", lab.answer(get("web")).getString("from"));
      assertEquals("file", lab.answer(get("test")).getString("from"));
      JsonObject put =
          lab.answer(
              "{\"action\":\"put-template\",\"name\":\"web\",\"body\":{\"Image\":\"put:${T:-1}\"}}");
      assertEquals("ok", put.getString("status"));
      JsonObject got = lab.answer(get("web"));
      assertEquals("record", got.getString("from"));
      assertEquals(new JsonObject().put("T", "1"), got.getJsonObject("variables"));
      assertEquals(
          new JsonArray()
              .add(new JsonObject().put("name", "test").put("from", "file"))
              .add(new JsonObject().put("name", "web").put("from", "record")),
          lab.answer("{\"action\":\"list-templates\"}").getJsonArray("templates"));
      assertEquals("ok", lab.answer(delete("web")).getString("status"));
      assertEquals("file", lab.answer(get("web")).getString("from"));
      assertEquals(409, lab.perform(delete("web")).status());
      assertEquals(404, lab.perform(delete("nope")).status());
    }
  }

  @Test
  void aTemplateWithABrokenVariableIsNotTaken() throws IOException {
    try (ActionsLab lab = new ActionsLab(directory())) {
      assertEquals(
          400,
          lab.perform("{\"action\":\"put-template\",\"name\":\"web\",\"body\":{\"Image\":\"${\"}}")
              .status());
      assertEquals(404, lab.perform(get("web")).status());
    }
  }

  private static String get(String name) {
    return "{\"action\":\"get-template\",\"name\":\"" + name + "\"}";
  }

  private static String delete(String name) {
    return "{\"action\":\"delete-template\",\"template\":\"" + name + "\"}";
  }
}
