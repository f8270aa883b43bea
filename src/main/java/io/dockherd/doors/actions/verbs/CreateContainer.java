package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.CommonFields;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.templates.Environment;
import io.dockherd.doors.actions.templates.Labels;
import io.dockherd.doors.actions.templates.Substitution;
import io.dockherd.doors.actions.templates.TemplateName;
import io.dockherd.doors.actions.templates.Templates;
import io.dockherd.doors.actions.templates.Variables;
import io.dockherd.fleet.Creation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes containers of a template, an image, a document, or a mixture.
 *
 * <pre>{"action":"create-container","template":"web","variables":{"PORT":80},"instances":4}</pre>
 */
record CreateContainer(Templates templates, Creating creating) implements Making {
  static final Field<String> TEMPLATE = Field.text("template", "the template's name");
  static final Field<String> IMAGE =
      Field.text("image", "the image, where neither template nor body names one");

  static final Field<Variables> VARIABLES =
      Field.of(
          "variables",
          "an object of names with strings, numbers or flags",
          "values for the template's variables",
          value -> Variables.read("variables", value));

  static final Field<Environment> ENV =
      Field.of(
          "env",
          "an object of names with values, or a list of NAME=value",
          "laid over the environment by name; null takes one away",
          value -> Environment.read("env", value));

  static final Field<Labels> LABELS =
      Field.of(
          "labels",
          "an object of names with values",
          "laid over the labels by name; null takes one away",
          value -> Labels.read("labels", value));

  /** What an image that has no command of its own runs; the seed's containers all did. */
  private static final JsonArray SEEDS_COMMAND = new JsonArray().add("/bin/ping").add("8.8.8.8");

  @Override
  public List<String> names() {
    // The last one is what the seed's own tests still send.
    return List.of("create-container", "create-unibet-container");
  }

  @Override
  public List<Field<?>> fields() {
    List<Field<?>> fields = new ArrayList<>(creating.fields());
    fields.addAll(List.of(TEMPLATE, IMAGE, VARIABLES, ENV, LABELS));
    return fields;
  }

  @Override
  public Reply perform(ActionRequest request) {
    ContainerDraft draft =
        new ContainerDraft(
            request.get(TEMPLATE).map(name -> filled(name, request)),
            request.get(IMAGE),
            request.get(CommonFields.BODY),
            request.get(ENV),
            request.get(LABELS));
    JsonObject document = draft.document();
    List<Creation> creations = creating.create(request, document);
    if (draft.isOfImageAlone() && Creating.lackCommand(creations)) {
      creations = creating.create(request, document.copy().put("Cmd", SEEDS_COMMAND.copy()));
    }
    return creating.reply(request, creations);
  }

  private JsonObject filled(String name, ActionRequest request) {
    return Substitution.into(
        templates.get(new TemplateName(name)).document(),
        request.get(VARIABLES).orElse(Variables.NONE));
  }
}
