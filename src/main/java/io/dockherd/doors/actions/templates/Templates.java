package io.dockherd.doors.actions.templates;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All templates this node knows. One put through the API, a record, wins over a file of the same
 * name, and a file over a built-in one.
 */
public final class Templates {
  private static final String PREFIX = "templates/";
  private static final String DOCUMENT = "document";
  private static final int LARGEST_BYTES = 1 << 20;

  /** Those that come with the software; {@code test} is what the seed's examples use. */
  private static final List<String> BUILT_IN = List.of("test");

  private final Records records;
  private final TemplateFiles files;

  /** The herd's records and this node's files. */
  public Templates(Records records, TemplateFiles files) {
    this.records = records;
    this.files = files;
  }

  /**
   * The template of that name.
   *
   * @throws NotFound when there is none
   */
  public Template get(TemplateName name) {
    return find(name)
        .orElseThrow(
            () ->
                new NotFound(
                    name.value(),
                    "there is no template '" + name + "'",
                    "list-templates shows those there are"));
  }

  private Optional<Template> find(TemplateName name) {
    return records
        .get(PREFIX + name)
        .map(record -> new Template(name, Template.Source.RECORD, documentOf(record)))
        .or(
            () ->
                files
                    .find(name)
                    .map(document -> new Template(name, Template.Source.FILE, document)))
        .or(
            () ->
                builtIn(name)
                    .map(document -> new Template(name, Template.Source.BUILT_IN, document)));
  }

  /** All names and where each is found, by name. */
  public Map<TemplateName, Template.Source> all() {
    Map<String, Template.Source> sources = new TreeMap<>();
    BUILT_IN.forEach(name -> sources.put(name, Template.Source.BUILT_IN));
    files.names().forEach(name -> sources.put(name.value(), Template.Source.FILE));
    records.under(PREFIX).stream()
        .map(record -> record.key().substring(PREFIX.length()))
        .filter(TemplateName::isFit)
        .forEach(name -> sources.put(name, Template.Source.RECORD));
    Map<TemplateName, Template.Source> all = new java.util.LinkedHashMap<>();
    sources.forEach((name, source) -> all.put(new TemplateName(name), source));
    return all;
  }

  /**
   * Makes a template known to all nodes.
   *
   * @throws Invalid when it is too large or its variables are malformed
   */
  public void put(TemplateName name, JsonObject document, Duration limit) {
    Substitution.variablesOf(document);
    if (document.toBuffer().length() > LARGEST_BYTES) {
      throw new Invalid(
          name.value(), "a template may have " + LARGEST_BYTES + " bytes at most", "");
    }
    records.put(PREFIX + name, new JsonObject().put(DOCUMENT, document), limit);
  }

  /**
   * Takes a template back that was put; a file of the same name shows again.
   *
   * @throws NotFound when there is none
   * @throws Conflict when it is a file or built in
   */
  public void delete(TemplateName name, Duration limit) {
    if (records.delete(PREFIX + name, limit)) {
      return;
    }
    Template other = get(name);
    throw new Conflict(
        name.value(),
        "the template '" + name + "' was not put: it is " + other.source().word(),
        "remove the file on each node, or put another over it");
  }

  private static JsonObject documentOf(Record record) {
    return Optional.ofNullable(record.value().getJsonObject(DOCUMENT)).orElseGet(JsonObject::new);
  }

  private static Optional<JsonObject> builtIn(TemplateName name) {
    if (!BUILT_IN.contains(name.value())) {
      return Optional.empty();
    }
    try (InputStream input = Templates.class.getResourceAsStream(name.value() + ".json")) {
      if (input == null) {
        throw new IllegalStateException("the built-in template " + name + " is missing");
      }
      return Optional.of(new JsonObject(Buffer.buffer(input.readAllBytes())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
